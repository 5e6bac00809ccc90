package io.lonja.transport.as2;

import io.lonja.archive.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSCompressedDataStreamGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSProcessableFile;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * A message that no array holds, made layer by layer into files by Bouncy Castle's stream generators.
 *
 * @param body what is posted
 * @param payload SHA-256 of the document inside
 * @param mic what its MDN must say
 */
public record LargeWire(Path body, Sha256 payload, String mic) {

    public static final String CONTENT_TYPE = "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m";

    private static final String BOUNDARY = "=_large";

    /** How it is packed. */
    public enum Packing {
        /** Signed, encrypted by AES-128-CBC in pieces of 1,000 bytes. */
        CBC,
        /** Compressed, signed, encrypted by AES-256-GCM. */
        COMPRESSED_GCM
    }

    /** @param bytes of the document, random letters and digits behind an ISA */
    public static LargeWire write(Path folder, long bytes, Packing packing, Keys signer, Keys recipient)
            throws Exception {
        Path document = folder.resolve("document");
        Sha256 payload = document(document, bytes);
        Path entity = packing == Packing.COMPRESSED_GCM ? compressed(folder, document) : document;
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = Files.newInputStream(entity)) {
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        Path signed = signed(folder, entity, signer);
        Path body = encrypted(folder, signed, packing, recipient);
        for (Path inner : List.of(document, entity, signed)) {
            Files.deleteIfExists(inner);
        }
        return new LargeWire(body, payload, Base64.getEncoder().encodeToString(digest.digest()) + ", sha-256");
    }

    private static Sha256 document(Path file, long bytes) throws IOException {
        byte[] line = "ISA*00*          *00*          *ZZ*A~\r\n".getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = Sha256.newDigest();
        Random random = new Random(bytes);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ascii("Content-Type: application/edi-x12\r\nContent-Transfer-Encoding: binary\r\n\r\n"));
            out.write(line);
            digest.update(line);
            byte[] piece = new byte[1 << 16];
            for (long left = bytes - line.length; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                for (int i = 0; i < piece.length; i++) {
                    piece[i] = (byte) ('0' + (piece[i] & 0x3f) % 43);
                }
                int count = (int) Math.min(left, piece.length);
                out.write(piece, 0, count);
                digest.update(piece, 0, count);
            }
        }
        return Sha256.fromBytes(digest.digest());
    }

    private static Path compressed(Path folder, Path document) throws IOException {
        Path file = folder.resolve("compressed");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ascii("Content-Type: application/pkcs7-mime; smime-type=compressed-data\r\n"
                    + "Content-Transfer-Encoding: binary\r\n\r\n"));
            try (OutputStream inside = new CMSCompressedDataStreamGenerator().open(open(out), new ZlibCompressor())) {
                Files.copy(document, inside);
            }
        }
        return file;
    }

    private static Path signed(Path folder, Path entity, Keys signer) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.key()), signer.certificate()));
        generator.addCertificates(new JcaCertStore(List.of(signer.certificate())));
        byte[] signature = generator
                .generate(new CMSProcessableFile(entity.toFile()), false)
                .getEncoded();
        Path file = folder.resolve("signed");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ascii("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";"
                    + " micalg=sha-256; boundary=\"" + BOUNDARY + "\"\r\n\r\n--" + BOUNDARY + "\r\n"));
            Files.copy(entity, out);
            out.write(ascii("\r\n--" + BOUNDARY + "\r\nContent-Type: application/pkcs7-signature\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\n"));
            out.write(Base64.getMimeEncoder().encode(signature));
            out.write(ascii("\r\n--" + BOUNDARY + "--\r\n"));
        }
        return file;
    }

    private static Path encrypted(Path folder, Path signed, Packing packing, Keys recipient) throws Exception {
        JceKeyTransRecipientInfoGenerator to = new JceKeyTransRecipientInfoGenerator(recipient.certificate());
        Path file = folder.resolve("body");
        try (OutputStream out = Files.newOutputStream(file)) {
            if (packing == Packing.CBC) {
                CMSEnvelopedDataStreamGenerator generator = new CMSEnvelopedDataStreamGenerator();
                generator.addRecipientInfoGenerator(to);
                try (OutputStream inside = generator.open(
                        open(out), encryptor(CMSAlgorithm.AES128_CBC).build())) {
                    Files.copy(signed, inside);
                }
            } else {
                CMSAuthEnvelopedDataStreamGenerator generator = new CMSAuthEnvelopedDataStreamGenerator();
                generator.addRecipientInfoGenerator(to);
                try (OutputStream inside = generator.open(open(out), (OutputAEADEncryptor)
                        encryptor(CMSAlgorithm.AES256_GCM).build())) {
                    Files.copy(signed, inside);
                }
            }
        }
        return file;
    }

    private static JceCMSContentEncryptorBuilder encryptor(ASN1ObjectIdentifier algorithm) {
        return new JceCMSContentEncryptorBuilder(algorithm);
    }

    /** Closing a layer does not close the file. */
    private static OutputStream open(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
