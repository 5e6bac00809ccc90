package io.lonja.transport.as2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a multipart body (RFC 2046, section 5.1.1) by offset. The line end before a delimiter belongs to the
 * delimiter; preamble and epilogue are no parts.
 */
record Multipart(List<Bytes> parts) {

    private static final int BOUNDARY_CHARACTERS_MAX = 200;

    Multipart {
        parts = List.copyOf(parts);
    }

    /**
     * @throws Refusal when there is no boundary, the closing delimiter is missing, there are more parts than this, or
     *     what follows the closing delimiter is not plain text
     */
    static Multipart split(MimeEntity entity, int partsMax) throws Refusal {
        String boundary =
                entity.contentType().flatMap(type -> type.parameter("boundary")).orElse("");
        if (boundary.isEmpty() || boundary.length() > BOUNDARY_CHARACTERS_MAX) {
            throw Refusal.malformed("A multipart names no usable boundary");
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        Bytes body = entity.body();
        List<Bytes> parts = new ArrayList<>();
        int partFrom = -1;
        int at = body.from();
        while (at < body.until()) {
            int lineEnd = body.indexOf((byte) '\n', at);
            if (body.startsWith(delimiter, at)) {
                int rest = at + delimiter.length;
                boolean closing = rest + 1 < body.until() && body.at(rest) == '-' && body.at(rest + 1) == '-';
                if (blank(body, closing ? rest + 2 : rest, lineEnd)) {
                    if (partFrom >= 0) {
                        parts.add(body.between(partFrom, contentEnd(body, partFrom, at)));
                    }
                    if (closing) {
                        return closed(parts, body.between(Math.min(lineEnd + 1, body.until()), body.until()));
                    }
                    if (parts.size() == partsMax) {
                        throw Refusal.malformed("A multipart has more than %d parts".formatted(partsMax));
                    }
                    partFrom = Math.min(lineEnd + 1, body.until());
                }
            }
            at = lineEnd + 1;
        }
        throw Refusal.malformed("A multipart is not closed");
    }

    private static Multipart closed(List<Bytes> parts, Bytes epilogue) throws Refusal {
        // Blocks that were put behind a genuine message must not be told apart by how they decrypt.
        if (!epilogue.plainText()) {
            throw Refusal.malformed("Something other than text follows the end of a multipart");
        }
        return new Multipart(parts);
    }

    private static boolean blank(Bytes body, int from, int until) {
        for (int at = from; at < until; at++) {
            byte b = body.at(at);
            if (b != ' ' && b != '\t' && !(b == '\r' && at == until - 1)) {
                return false;
            }
        }
        return from <= until;
    }

    /** Without the line end that belongs to the delimiter. */
    private static int contentEnd(Bytes body, int partFrom, int delimiterAt) {
        int end = delimiterAt - 1;
        if (end > partFrom && body.at(end - 1) == '\r') {
            end--;
        }
        return Math.max(end, partFrom);
    }
}
