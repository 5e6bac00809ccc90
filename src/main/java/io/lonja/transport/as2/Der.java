package io.lonja.transport.as2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;

/** Puts tag and length before what is already encoded (X.690, section 8.1), however long it is. */
final class Der {

    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;

    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;
    private static final int SHORT_MAX = 0x7f;

    private Der() {}

    static Pieces of(ASN1Object object) throws IOException {
        return Pieces.of(object.getEncoded(ASN1Encoding.DER));
    }

    static Pieces element(int tag, Pieces content) {
        return begun(tag, content, 0);
    }

    /**
     * An element whose end is written later.
     *
     * @param rest how many bytes of its content come behind these
     */
    static Pieces begun(int tag, Pieces content, long rest) {
        return Pieces.of(header(tag, content.length() + rest)).add(content);
    }

    /** The tag of {@code [number] EXPLICIT}. */
    static int explicit(int number) {
        return CONTEXT | CONSTRUCTED | number;
    }

    /** The tag of {@code [number] IMPLICIT OCTET STRING}. */
    static int octets(int number) {
        return CONTEXT | number;
    }

    private static byte[] header(int tag, long length) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(tag);
        if (length <= SHORT_MAX) {
            header.write((int) length);
            return header.toByteArray();
        }
        int bytes = (Long.SIZE - Long.numberOfLeadingZeros(length) + 7) / 8;
        header.write(CONTEXT | bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            header.write((int) (length >> shift));
        }
        return header.toByteArray();
    }
}
