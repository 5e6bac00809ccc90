package io.lonja.transport.as2;

import java.util.List;
import java.util.Optional;

/**
 * Several documents in one message: {@code multipart/related} (RFC 6362, RFC 2387). The root is what is read; the others
 * stay with the message in the archive. A second EDI document is refused: one message is one receipt, and nobody would
 * be told that it was not read.
 */
final class Attachments {

    private static final int PARTS_MAX = 50;

    private Attachments() {}

    /** The entity itself when it is no {@code multipart/related}. */
    static MimeEntity root(MimeEntity entity, Workspace workspace) throws Refusal {
        Optional<HeaderValue> type = entity.contentType();
        if (type.isEmpty() || !type.get().value().equals("multipart/related")) {
            return entity;
        }
        List<Bytes> parts = Multipart.split(entity, PARTS_MAX).parts();
        if (parts.isEmpty()) {
            throw Refusal.malformed("A multipart/related has no parts");
        }
        String start = type.get().parameter("start").orElse("");
        MimeEntity root = null;
        int documents = 0;
        for (Bytes each : parts) {
            MimeEntity part = MimeEntity.parse(each);
            documents += edi(part, workspace) ? 1 : 0;
            if (root == null && (start.isEmpty() || start.equals(contentId(part)))) {
                root = part;
            }
        }
        if (root == null) {
            throw Refusal.malformed("A multipart/related has no part that it starts with");
        }
        if (documents > (edi(root, workspace) ? 1 : 0)) {
            throw new Refusal(
                    Disposition.SEVERAL_DOCUMENTS,
                    "The message has %d parts, and EDI is in another than the first".formatted(parts.size()));
        }
        return root;
    }

    private static String contentId(MimeEntity part) {
        return part.headers().first("Content-ID").orElse("");
    }

    private static boolean edi(MimeEntity part, Workspace workspace) throws Refusal {
        String type = part.contentType().map(HeaderValue::value).orElse("");
        if (type.startsWith("application/edi")) {
            return true;
        }
        Bytes content = part.content(workspace);
        return starts(content, "ISA") || starts(content, "UNA") || starts(content, "UNB");
    }

    private static boolean starts(Bytes content, String tag) {
        return content.startsWith(tag.getBytes(java.nio.charset.StandardCharsets.US_ASCII), content.from());
    }
}
