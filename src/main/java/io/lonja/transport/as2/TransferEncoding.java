package io.lonja.transport.as2;

import java.util.Arrays;
import java.util.Base64;

/** Content-Transfer-Encoding (RFC 2045, section 6), taken off without guessing. */
final class TransferEncoding {

    /** A multiple of four. */
    private static final int LETTERS = 1 << 16;

    private TransferEncoding() {}

    /**
     * The bytes that were encoded; the body itself where the encoding changes nothing or none is named.
     *
     * @throws Refusal for an unknown encoding, and for a character that does not belong into the named one
     */
    static Bytes decode(String encoding, Bytes body, Workspace workspace) throws Refusal {
        return switch (HeaderValue.parse(encoding).value()) {
            case "", "binary", "8bit", "7bit" -> body;
            case "base64" -> base64(body, workspace.layer());
            case "quoted-printable" -> quotedPrintable(body, workspace.layer());
            default -> throw Refusal.malformed("Unknown Content-Transfer-Encoding");
        };
    }

    private static Bytes base64(Bytes body, Workspace.Layer decoded) throws Refusal {
        byte[] letters = new byte[Math.min(LETTERS, (body.length() + 3) / 4 * 4)];
        int count = 0;
        boolean ended = false;
        for (int at = body.from(); at < body.until(); at++) {
            byte b = body.at(at);
            if (b == '\r' || b == '\n' || b == ' ' || b == '\t') {
                continue;
            }
            if (count == letters.length) {
                ended = letters(letters, count, ended, decoded);
                count = 0;
            }
            letters[count++] = b;
        }
        letters(letters, count, ended, decoded);
        return decoded.bytes();
    }

    /** Whole groups of four, besides at the very end; says whether a padding ended them. */
    private static boolean letters(byte[] letters, int count, boolean ended, Workspace.Layer decoded) throws Refusal {
        try {
            if (ended && count > 0) {
                throw new IllegalArgumentException("Letters behind the padding");
            }
            byte[] bytes =
                    Base64.getDecoder().decode(count == letters.length ? letters : Arrays.copyOf(letters, count));
            decoded.write(bytes, 0, bytes.length);
            return count > 0 && letters[count - 1] == '=';
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed("The base64 encoding is broken");
        }
    }

    private static Bytes quotedPrintable(Bytes body, Workspace.Layer decoded) throws Refusal {
        int at = body.from();
        while (at < body.until()) {
            int end = body.indexOf((byte) '\n', at);
            int text = end > at && end < body.until() && body.at(end - 1) == '\r' ? end - 1 : end;
            int last = text;
            while (last > at && (body.at(last - 1) == ' ' || body.at(last - 1) == '\t')) {
                last--; // padding that a transport may have added
            }
            boolean soft = last > at && body.at(last - 1) == '=';
            line(body, at, soft ? last - 1 : last, decoded);
            if (!soft && end < body.until()) {
                for (int lineEnd = text; lineEnd <= end; lineEnd++) {
                    decoded.write(body.at(lineEnd));
                }
            }
            at = end + 1;
        }
        return decoded.bytes();
    }

    private static void line(Bytes body, int from, int until, Workspace.Layer decoded) throws Refusal {
        int at = from;
        while (at < until) {
            if (body.at(at) != '=') {
                decoded.write(body.at(at++));
                continue;
            }
            int high = at + 1 < until ? Character.digit(body.at(at + 1), 16) : -1;
            int low = at + 2 < until ? Character.digit(body.at(at + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw Refusal.malformed("The quoted-printable encoding is broken");
            }
            decoded.write(high << 4 | low);
            at += 3;
        }
    }
}
