package io.lonja.transport.as2;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.CompressedData;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** CMS CompressedData (RFC 3274): expanded within limits and to its very end, or made. */
final class Compression {

    private static final long RATIO_MAX = 100;

    /** Small content may repeat itself more than any ratio allows. */
    private static final int ALWAYS_BYTES = 1 << 20;

    private static final int PIECE_BYTES = 1 << 13;

    private Compression() {}

    /**
     * @param compressed the content of a CompressedData, behind its tag and length
     * @throws IOException when it is no CompressedData
     */
    static Bytes expand(Ber compressed, int contentBytesMax, Workspace workspace) throws IOException, Refusal {
        compressed.next();
        AlgorithmIdentifier algorithm =
                AlgorithmIdentifier.getInstance(compressed.small(compressed.next(Ber.SEQUENCE)));
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_alg_zlibCompress)) {
            throw new Refusal(Disposition.DECOMPRESSION_FAILED, "Compressed with another algorithm than zlib");
        }
        Ber info = compressed.enter(Ber.SEQUENCE);
        info.objectIdentifier();
        Ber content = info.enterTagged(0);
        Ber.Element octets = content.next();
        if (octets == null || (octets.tag() & ~0x20) != Ber.OCTET_STRING) {
            throw new Refusal(Disposition.DECOMPRESSION_FAILED, "There is no compressed content");
        }
        long bytesMax = Math.min(contentBytesMax, Math.max(ALWAYS_BYTES, RATIO_MAX * content.length(octets)));
        try (InputStream zlib = content.open(octets)) {
            return inflated(zlib, bytesMax, workspace.layer(), workspace.counters());
        }
    }

    private static Bytes inflated(InputStream zlib, long bytesMax, Workspace.Layer expanded, OpenerCounters counters)
            throws IOException, Refusal {
        Inflater inflater = new Inflater();
        try {
            byte[] in = new byte[PIECE_BYTES];
            byte[] out = new byte[PIECE_BYTES];
            while (!inflater.finished()) {
                int count = inflater.inflate(out);
                if (count == 0 && !inflater.finished()) {
                    int read = inflater.needsInput() ? zlib.read(in) : -1;
                    if (read < 0) {
                        throw new Refusal(Disposition.DECOMPRESSION_FAILED, "The compressed content ends too early");
                    }
                    inflater.setInput(in, 0, read);
                }
                expanded.write(out, 0, count);
                if (expanded.length() > bytesMax) {
                    throw new Refusal(
                            Disposition.DECOMPRESSION_FAILED,
                            "The compressed content grows beyond %d bytes".formatted(bytesMax));
                }
            }
            if (inflater.getRemaining() > 0 || zlib.read() >= 0) {
                throw new Refusal(Disposition.DECOMPRESSION_FAILED, "Something follows the compressed content");
            }
            return expanded.bytes();
        } catch (DataFormatException e) {
            throw new Refusal(Disposition.DECOMPRESSION_FAILED, "The compressed content is broken");
        } finally {
            inflater.end();
            counters.expanded(expanded.length());
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
