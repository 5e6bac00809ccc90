package io.lonja.transport.as2;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes an MDN: ASCII, CRLF, and text in lines that no gateway folds.
 *
 * @param from our AS2 name, which is the recipient the sender wrote to
 * @param to the sender's AS2 name
 */
record MdnWriter(String from, String to) {

    private static final Pattern PLAIN_NAME = Pattern.compile("[^ \"\\\\;]+");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");
    private static final int LINE_CHARACTERS_MAX = 75;
    private static final int MESSAGE_ID_CHARACTERS_MAX = 255;

    /**
     * The answer, its body not to be changed by anybody.
     *
     * @param contentType header of the answer
     */
    record Written(String contentType, byte[] body) {}

    /** @param ownKey signs; null for an MDN without a signature */
    Written write(Mdn mdn, String sentence, @Nullable OwnKey ownKey, Digest digest) {
        String boundary = MessageWriter.boundary();
        String contentType =
                "multipart/report; report-type=disposition-notification; boundary=\"%s\"".formatted(boundary);
        MimeText body = new MimeText()
                .line("--" + boundary)
                .line("Content-Type: text/plain; charset=us-ascii")
                .line("Content-Transfer-Encoding: 7bit")
                .line("");
        folded(sentence).forEach(body::line);
        body.line("")
                .line("--" + boundary)
                .line("Content-Type: message/disposition-notification")
                .line("Content-Transfer-Encoding: 7bit")
                .line("")
                .line("Reporting-UA: Lonja")
                .line("Original-Recipient: rfc822; " + onTheWire(from))
                .line("Final-Recipient: rfc822; " + onTheWire(from));
        if (mdn.originalMessageId() != null) {
            body.line("Original-Message-ID: " + printable(mdn.originalMessageId()));
        }
        body.line("Disposition: automatic-action/MDN-sent-automatically; " + mdn.disposition());
        if (mdn.mic() != null) {
            body.line("Received-Content-MIC: " + mdn.mic());
        }
        body.line("").line("--" + boundary + "--");
        if (ownKey == null) {
            return new Written(contentType, body.toBytes());
        }
        Pieces entity = new MimeText()
                .line("Content-Type: " + contentType)
                .line("")
                .raw(body.toPieces())
                .toPieces();
        Signing.Signed signed = Signing.sign(entity, ownKey, digest, MessageWriter.boundary());
        return new Written(signed.contentType(), signed.body().toBytes());
    }

    /** An AS2 name as it stands in a header: quoted where it has a blank, a quote or a backslash. */
    static String onTheWire(String name) {
        String clean = printable(name);
        return PLAIN_NAME.matcher(clean).matches()
                ? clean
                : '"' + clean.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static List<String> folded(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : printable(sentence).split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LINE_CHARACTERS_MAX) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** What a stranger put into a header never starts a line of ours. */
    private static String printable(String text) {
        String clean = UNPRINTABLE.matcher(text).replaceAll("?");
        return clean.length() <= MESSAGE_ID_CHARACTERS_MAX ? clean : clean.substring(0, MESSAGE_ID_CHARACTERS_MAX);
    }
}
