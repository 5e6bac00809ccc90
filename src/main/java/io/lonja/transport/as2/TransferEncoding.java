package io.lonja.transport.as2;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Content-Transfer-Encoding (RFC 2045, section 6), taken off without guessing. */
final class TransferEncoding {

    private TransferEncoding() {}

    /**
     * The bytes that were encoded; the body itself where the encoding changes nothing or none is named.
     *
     * @throws Refusal for an unknown encoding, and for a character that does not belong into the named one
     */
    static Bytes decode(String encoding, Bytes body) throws Refusal {
        return switch (HeaderValue.parse(encoding).value()) {
            case "", "binary", "8bit", "7bit" -> body;
            case "base64" -> Bytes.of(base64(body));
            case "quoted-printable" -> Bytes.of(quotedPrintable(body));
            default -> throw Refusal.malformed("Unknown Content-Transfer-Encoding");
        };
    }

    private static byte[] base64(Bytes body) throws Refusal {
        byte[] letters = new byte[body.length()];
        int count = 0;
        for (int at = body.from(); at < body.until(); at++) {
            byte b = body.array()[at];
            if (b != '\r' && b != '\n' && b != ' ' && b != '\t') {
                letters[count++] = b;
            }
        }
        try {
            return Base64.getDecoder().decode(Arrays.copyOf(letters, count));
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed("The base64 encoding is broken");
        }
    }

    private static byte[] quotedPrintable(Bytes body) throws Refusal {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(body.length());
        byte[] array = body.array();
        int at = body.from();
        while (at < body.until()) {
            int end = at;
            while (end < body.until() && array[end] != '\n') {
                end++;
            }
            int text = end > at && end < body.until() && array[end - 1] == '\r' ? end - 1 : end;
            int last = text;
            while (last > at && (array[last - 1] == ' ' || array[last - 1] == '\t')) {
                last--; // padding that a transport may have added
            }
            boolean soft = last > at && array[last - 1] == '=';
            line(array, at, soft ? last - 1 : last, decoded);
            if (!soft && end < body.until()) {
                decoded.write(array, text, end + 1 - text);
            }
            at = end + 1;
        }
        return decoded.toByteArray();
    }

    private static void line(byte[] array, int from, int until, ByteArrayOutputStream decoded) throws Refusal {
        int at = from;
        while (at < until) {
            if (array[at] != '=') {
                decoded.write(array[at++]);
                continue;
            }
            int high = at + 1 < until ? Character.digit(array[at + 1], 16) : -1;
            int low = at + 2 < until ? Character.digit(array[at + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw Refusal.malformed("The quoted-printable encoding is broken");
            }
            decoded.write(high << 4 | low);
            at += 3;
        }
    }
}
