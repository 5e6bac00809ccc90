package io.lonja.transport.as2;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.CompressedData;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** CMS CompressedData (RFC 3274): expanded within limits and to its very end, or made. */
final class Compression {

    private static final int RATIO_MAX = 100;

    /** Small content may repeat itself more than any ratio allows. */
    private static final int ALWAYS_BYTES = 1 << 20;

    private Compression() {}

    static Bytes expand(CompressedData compressed, int contentBytesMax) throws Refusal {
        if (!compressed
                .getCompressionAlgorithmIdentifier()
                .getAlgorithm()
                .equals(PKCSObjectIdentifiers.id_alg_zlibCompress)) {
            throw new Refusal(Disposition.DECOMPRESSION_FAILED, "Compressed with another algorithm than zlib");
        }
        if (!(compressed.getEncapContentInfo().getContent() instanceof ASN1OctetString content)) {
            throw new Refusal(Disposition.DECOMPRESSION_FAILED, "There is no compressed content");
        }
        byte[] zlib = content.getOctets();
        long bytesMax = Math.min(contentBytesMax, Math.max(ALWAYS_BYTES, (long) RATIO_MAX * zlib.length));
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(zlib);
            ByteArrayOutputStream expanded = new ByteArrayOutputStream(Math.min(8 * zlib.length, 1 << 16));
            byte[] some = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(some);
                if (count == 0 && !inflater.finished()) {
                    throw new Refusal(Disposition.DECOMPRESSION_FAILED, "The compressed content ends too early");
                }
                expanded.write(some, 0, count);
                if (expanded.size() > bytesMax) {
                    throw new Refusal(
                            Disposition.DECOMPRESSION_FAILED,
                            "The compressed content grows beyond %d bytes".formatted(bytesMax));
                }
            }
            if (inflater.getRemaining() > 0) {
                throw new Refusal(Disposition.DECOMPRESSION_FAILED, "Something follows the compressed content");
            }
            return Bytes.of(expanded.toByteArray());
        } catch (DataFormatException e) {
            throw new Refusal(Disposition.DECOMPRESSION_FAILED, "The compressed content is broken");
        } finally {
            inflater.end();
        }
    }

    /** The DER of a CompressedData that holds this content. */
    static byte[] compress(byte[] content) {
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        Deflater deflater = new Deflater();
        try (ByteArrayInputStream in = new ByteArrayInputStream(content);
                DeflaterOutputStream out = new DeflaterOutputStream(zlib, deflater)) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("Memory was written", e);
        } finally {
            deflater.end();
        }
        CompressedData compressed = new CompressedData(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_alg_zlibCompress),
                new ContentInfo(CMSObjectIdentifiers.data, new BEROctetString(zlib.toByteArray())));
        try {
            return new ContentInfo(CMSObjectIdentifiers.compressedData, compressed).getEncoded(ASN1Encoding.BER);
        } catch (IOException e) {
            throw new IllegalStateException("What was just built has an encoding", e);
        }
    }
}
