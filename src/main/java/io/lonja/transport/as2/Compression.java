package io.lonja.transport.as2;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
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
    static Pieces compress(Pieces content, Workspace workspace) throws IOException {
        Workspace.Layer zlib = workspace.layer();
        Deflater deflater = new Deflater();
        try (DeflaterOutputStream out = new DeflaterOutputStream(zlib, deflater, PIECE_BYTES)) {
            content.writeTo(out);
        } finally {
            deflater.end();
        }
        Pieces octets = Der.element(Der.OCTET_STRING, Pieces.of(zlib.payload()));
        Pieces info =
                Der.element(Der.SEQUENCE, Der.of(CMSObjectIdentifiers.data).add(Der.element(Der.explicit(0), octets)));
        Pieces compressed = Der.element(
                Der.SEQUENCE,
                Der.of(new ASN1Integer(0))
                        .add(Der.of(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_alg_zlibCompress)))
                        .add(info));
        return Der.element(
                Der.SEQUENCE,
                Der.of(CMSObjectIdentifiers.compressedData).add(Der.element(Der.explicit(0), compressed)));
    }
}
