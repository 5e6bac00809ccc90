package io.lonja.edi;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of one interchange become text, strictly: where they are not well-formed each byte stands for itself (ISO
 * 8859-1) and the judge says where, so that nothing is ever replaced. X12 declares no character set, so bytes beyond ASCII
 * are UTF-8 or nothing; EDIFACT declares one in UNB 0001.
 *
 * @param charset of bytes beyond ASCII
 * @param name as the sender knows it
 */
record WireText(Charset charset, String name) {

    static final WireText X12 = new WireText(StandardCharsets.UTF_8, "UTF-8");

    /** Of an interchange whose syntax identifier nobody knows: ASCII only. */
    static WireText of(String identifier) {
        return SyntaxIdentifier.of(identifier)
                .map(level -> new WireText(level.charset(), identifier + " (" + level.charset() + ")"))
                .orElse(new WireText(StandardCharsets.US_ASCII, "ASCII"));
    }

    String text(byte[] bytes, int from, int to, boolean beyondAscii) {
        if (beyondAscii) {
            String strict = strict(bytes, from, to);
            if (strict != null) {
                return strict;
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The text if it is well-formed, else null. */
    @Nullable
    String strict(byte[] bytes, int from, int to) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** What to say of a byte that is not well-formed. */
    String complaint(byte bad, long offset) {
        Phrase complaint = charset.equals(StandardCharsets.UTF_8) ? Phrase.BYTE_NOT_UTF_8 : Phrase.BYTE_NOT_IN_SET;
        return complaint.say("%02X".formatted(bad & 0xFF), offset, name);
    }

    /** Where the first byte lies that is not well-formed; {@code to} when there is none. */
    int malformedAt(byte[] bytes, int from, int to) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from + 1);
        CharsetDecoder decoder = charset.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        return result.isError() ? in.position() : to;
    }
}
