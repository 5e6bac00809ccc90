package io.lonja.transport.as2;

import java.io.IOException;
import java.io.InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a constructed BER value one after the other (X.690, section 8), by offset: content that may be hundreds
 * of megabytes is neither copied nor looked at before somebody reads it. What is small goes to Bouncy Castle as a whole.
 *
 * <p>Whatever is not BER ends in an {@link IOException}, and no length in it is believed before that many bytes are there.
 */
final class Ber {

    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int CONSTRUCTED = 0x20;
    private static final int HIGH_TAG = 0x1f;
    private static final int INDEFINITE = 0x80;
    private static final int LENGTH_BYTES_MAX = 4;
    private static final int DEPTH_MAX = 16;
    private static final int SMALL_BYTES_MAX = 1 << 20;
    private static final int UNKNOWN = -1;

    private final Bytes bytes;
    private final int until;
    private final boolean endless;
    private final int depth;
    private int at;
    private @Nullable Element current;

    private Ber(Bytes bytes, int from, int until, boolean endless, int depth) {
        this.bytes = bytes;
        this.at = from;
        this.until = until;
        this.endless = endless;
        this.depth = depth;
    }

    /** Elements that follow each other in these bytes. */
    static Ber over(Bytes bytes) {
        return new Ber(bytes, bytes.from(), bytes.until(), false, 0);
    }

    /**
     * Tag, length and where the content is.
     *
     * @param tag the identifier octet, with the bit that says constructed
     * @param until -1 when the length is indefinite
     */
    record Element(int tag, int start, int from, int until) {

        boolean constructed() {
            return (tag & CONSTRUCTED) != 0;
        }

        /** {@code [number]}, primitive or constructed. */
        boolean tagged(int number) {
            return (tag & ~CONSTRUCTED) == (0x80 | number);
        }
    }

    /** The next element; null behind the last one. */
    @Nullable
    Element next() throws IOException {
        Element before = current;
        if (before != null) {
            at = end(before);
        }
        if (at == until && !endless) {
            current = null;
            return null;
        }
        Element element = header(at);
        if (element.tag() == 0 && element.from() == element.until() && endless) {
            current = null;
            return null;
        }
        current = element;
        return element;
    }

    /** The next element, which must have this tag. */
    Element next(int tag) throws IOException {
        Element element = next();
        if (element == null || element.tag() != tag) {
            throw new IOException("Another element is due here");
        }
        return element;
    }

    /** The content of the next element, which must be constructed and have this tag. */
    Ber enter(int tag) throws IOException {
        return enter(next(tag));
    }

    /** The content of {@code [number]}, constructed, which must be next. */
    Ber enterTagged(int number) throws IOException {
        return enter(0xa0 | number);
    }

    Ber enter(Element element) throws IOException {
        if (!element.constructed() || depth == DEPTH_MAX) {
            throw new IOException("There is no element inside that could be entered");
        }
        boolean indefinite = element.until() == UNKNOWN;
        return new Ber(bytes, element.from(), indefinite ? until : element.until(), indefinite, depth + 1);
    }

    ASN1ObjectIdentifier objectIdentifier() throws IOException {
        return ASN1ObjectIdentifier.getInstance(small(next(OBJECT_IDENTIFIER)));
    }

    /** The element as Bouncy Castle reads it; none of more than a megabyte. */
    ASN1Primitive small(Element element) throws IOException {
        return ASN1Primitive.fromByteArray(encoded(element));
    }

    /** The element with another tag of one byte: {@code IMPLICIT} undone. */
    ASN1Primitive small(Element element, int tag) throws IOException {
        byte[] encoded = encoded(element);
        encoded[0] = (byte) tag;
        return ASN1Primitive.fromByteArray(encoded);
    }

    private byte[] encoded(Element element) throws IOException {
        int end = end(element);
        if (end - element.start() > SMALL_BYTES_MAX) {
            throw new IOException("An element that is always small has more than %d bytes".formatted(SMALL_BYTES_MAX));
        }
        byte[] encoded = new byte[end - element.start()];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = bytes.at(element.start() + i);
        }
        return encoded;
    }

    /** Where the element ends; for an indefinite length all headers inside are looked at. */
    int end(Element element) throws IOException {
        if (element.until() != UNKNOWN) {
            return element.until();
        }
        Ber inside = enter(element);
        while (inside.next() != null) {
            // the next one begins where the one before ends
        }
        return inside.at + 2;
    }

    /** How many octets an OCTET STRING has, all its pieces together; its own tag may be an implicit one. */
    long length(Element octets) throws IOException {
        if (!octets.constructed()) {
            return (long) octets.until() - octets.from();
        }
        long length = 0;
        Ber inside = enter(octets);
        for (Element piece = inside.next(); piece != null; piece = inside.next()) {
            length += inside.length(octetString(piece));
        }
        return length;
    }

    /** The octets of an OCTET STRING, piece by piece as they are read; its own tag may be an implicit one. */
    InputStream open(Element octets) throws IOException {
        return octets.constructed()
                ? new Pieces(enter(octets))
                : bytes.between(octets.from(), octets.until()).open();
    }

    private static Element octetString(Element piece) throws IOException {
        if ((piece.tag() & ~CONSTRUCTED) != OCTET_STRING) {
            throw new IOException("A piece of an octet string is none");
        }
        return piece;
    }

    private Element header(int start) throws IOException {
        int tag = octet(start);
        if ((tag & HIGH_TAG) == HIGH_TAG) {
            throw new IOException("A tag of several bytes is not used in CMS");
        }
        int first = octet(start + 1);
        if (first < INDEFINITE) {
            return element(tag, start, start + 2, first);
        }
        if (first == INDEFINITE) {
            if ((tag & CONSTRUCTED) == 0) {
                throw new IOException("A primitive element has no length");
            }
            return new Element(tag, start, start + 2, UNKNOWN);
        }
        int count = first & 0x7f;
        if (count > LENGTH_BYTES_MAX) {
            throw new IOException("A length of %d bytes".formatted(count));
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | octet(start + 2 + i);
        }
        return element(tag, start, start + 2 + count, length);
    }

    private Element element(int tag, int start, int from, long length) throws IOException {
        if (length > (long) until - from) {
            throw new IOException("An element ends behind its end");
        }
        return new Element(tag, start, from, (int) (from + length));
    }

    private int octet(int offset) throws IOException {
        if (offset >= until) {
            throw new IOException("The bytes end too early");
        }
        return bytes.at(offset) & 0xff;
    }

    /** The pieces of a constructed OCTET STRING one after the other. */
    private static final class Pieces extends InputStream {

        private final Ber pieces;
        private @Nullable InputStream piece = InputStream.nullInputStream();

        Pieces(Ber pieces) {
            this.pieces = pieces;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            while (piece != null) {
                int read = piece.read(to, from, count);
                if (read > 0) {
                    return read;
                }
                Element next = pieces.next();
                piece = next == null ? null : pieces.open(octetString(next));
            }
            return -1;
        }
    }
}
