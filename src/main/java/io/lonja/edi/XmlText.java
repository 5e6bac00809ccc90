package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The characters of an XML document, and which byte of the payload each of them begins at. Only character sets in which
 * that is certain are read (XML 1.0, appendix F, says how they are told apart).
 */
final class XmlText {

    /** By the names of IANA that documents declare, in capital letters. */
    private static final Map<String, Charset> CHARACTER_SETS = Map.of(
            "UTF-8", StandardCharsets.UTF_8,
            "UTF8", StandardCharsets.UTF_8,
            "US-ASCII", StandardCharsets.UTF_8,
            "UTF-16", StandardCharsets.UTF_16,
            "UTF-16BE", StandardCharsets.UTF_16BE,
            "UTF-16LE", StandardCharsets.UTF_16LE,
            "ISO-8859-1", StandardCharsets.ISO_8859_1,
            "ISO-8859-15", Charset.forName("ISO-8859-15"),
            "WINDOWS-1252", Charset.forName("windows-1252"));

    private static final Pattern DECLARATION =
            Pattern.compile("<\\?xml\\s[^>]*?\\bencoding\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')[^>]*");
    private static final int DECLARATION_CHARACTERS_MAX = 400;

    private final String text;
    private final Charset charset;
    private final int mark;
    private int seenCharacters;
    private long seenBytes;

    private XmlText(String text, Charset charset, int mark) {
        this.text = text;
        this.charset = charset;
        this.mark = mark;
        this.seenBytes = mark;
    }

    /** @throws XmlFault when the character set is not read here, is not the declared one, or the bytes are none of it */
    static XmlText of(byte[] payload) throws XmlFault {
        int mark = 0;
        Charset found = null;
        if (begins(payload, 0xEF, 0xBB, 0xBF)) {
            mark = 3;
            found = StandardCharsets.UTF_8;
        } else if (begins(payload, 0xFE, 0xFF)) {
            mark = 2;
            found = StandardCharsets.UTF_16BE;
        } else if (begins(payload, 0xFF, 0xFE)) {
            mark = 2;
            found = StandardCharsets.UTF_16LE;
        } else if (begins(payload, 0, '<')) {
            found = StandardCharsets.UTF_16BE;
        } else if (begins(payload, '<', 0)) {
            found = StandardCharsets.UTF_16LE;
        }
        String declared = declared(payload, mark, found == null ? StandardCharsets.ISO_8859_1 : found);
        Charset said = declared.isEmpty() ? null : CHARACTER_SETS.get(declared.toUpperCase(Locale.ROOT));
        if (!declared.isEmpty() && said == null || said != null && !fits(said, found)) {
            throw XmlFault.at(
                    ErrorCode.XML_ENCODING_NOT_READ,
                    Wire.shortened(declared),
                    Phrase.XML_CHARACTER_SETS.say(),
                    new ByteRange(0, Math.min(payload.length, DECLARATION_CHARACTERS_MAX)));
        }
        Charset charset = found != null ? found : said != null ? said : StandardCharsets.UTF_8;
        return new XmlText(decoded(payload, mark, charset), charset, mark);
    }

    /** Whether the first bytes are as the declaration says. */
    private static boolean fits(Charset said, @Nullable Charset found) {
        boolean wide = said.name().startsWith("UTF-16");
        return found == null
                ? !wide
                : said.equals(found)
                        || wide
                                && said.equals(StandardCharsets.UTF_16)
                                && found.name().startsWith("UTF-16");
    }

    private static boolean begins(byte[] payload, int... bytes) {
        if (payload.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((payload[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static String declared(byte[] payload, int mark, Charset charset) {
        String begin = new String(payload, mark, Math.min(payload.length - mark, DECLARATION_CHARACTERS_MAX), charset);
        Matcher declaration = DECLARATION.matcher(begin);
        if (!declaration.lookingAt()) {
            return "";
        }
        return declaration.group(1) == null ? declaration.group(2) : declaration.group(1);
    }

    private static String decoded(byte[] payload, int mark, Charset charset) throws XmlFault {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(payload, mark, payload.length - mark);
        CharBuffer characters = CharBuffer.allocate(payload.length - mark + 1);
        CoderResult result = decoder.decode(bytes, characters, true);
        if (!result.isUnderflow()) {
            long at = bytes.position();
            throw XmlFault.at(
                    ErrorCode.XML_NOT_WELL_FORMED,
                    "",
                    Phrase.XML_BYTES_OF_NO_CHARACTER.say(at, charset.name()),
                    new ByteRange(at, Math.min(payload.length, at + 1)));
        }
        return characters.flip().toString();
    }

    String text() {
        return text;
    }

    /**
     * Where the character begins in the payload. Asked for places that do not go back, it costs no more than one pass
     * over the text.
     */
    long byteAt(int character) {
        if (charset.equals(StandardCharsets.UTF_16BE) || charset.equals(StandardCharsets.UTF_16LE)) {
            return mark + 2L * character;
        }
        if (!charset.equals(StandardCharsets.UTF_8)) {
            return mark + (long) character;
        }
        if (character < seenCharacters) {
            seenCharacters = 0;
            seenBytes = mark;
        }
        for (; seenCharacters < character; seenCharacters++) {
            char c = text.charAt(seenCharacters);
            seenBytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return seenBytes;
    }

    ByteRange bytes(int from, int to) {
        long begin = byteAt(from);
        return new ByteRange(begin, byteAt(to));
    }
}
