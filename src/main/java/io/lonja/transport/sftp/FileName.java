package io.lonja.transport.sftp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file's name as its partner wrote it.
 *
 * @param value without slashes, backslashes and control characters, so that it can neither lead anywhere nor forge a
 *     line of the log
 */
record FileName(String value) {

    private static final Pattern HARMLESS = Pattern.compile("[^/\\\\\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");
    private static final int ENCODED_CHARACTERS_MAX = 200;

    /** Endings under which clients write what they rename when it is complete: WinSCP, browsers, scripts. */
    private static final List<String> WAITING_ENDINGS = List.of(".part", ".tmp", ".filepart");

    FileName {
        if (!HARMLESS.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("Not a file name");
        }
    }

    /** @throws Refusal when this can be no name */
    static FileName of(String value) throws Refusal {
        if (!HARMLESS.matcher(value).matches()) {
            throw Refusal.failure("A file name here has no slash, backslash or control character; choose another.");
        }
        FileName name = new FileName(value);
        if (name.encoded().length() > ENCODED_CHARACTERS_MAX) {
            throw Refusal.failure(
                    "A file name here has at most %d characters, fewer outside of A to Z; choose a shorter one."
                            .formatted(ENCODED_CHARACTERS_MAX));
        }
        return name;
    }

    /** Whether a file of this name is not complete before it is renamed. */
    boolean waits() {
        String lower = value.toLowerCase(Locale.ROOT);
        return value.startsWith(".") || WAITING_ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /** In letters, digits, {@code . _ - %} only: the same on every disk, whatever its character set. */
    String encoded() {
        StringBuilder encoded = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            if (each > 0 && (Character.isLetterOrDigit(each) || "._-".indexOf(each) >= 0)) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append("%02X".formatted(each));
            }
        }
        return encoded.toString();
    }

    /** What {@link #encoded} wrote. */
    static FileName decoded(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < encoded.length(); at++) {
            if (encoded.charAt(at) == '%') {
                bytes.write(Integer.parseInt(encoded.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                bytes.write(encoded.charAt(at));
            }
        }
        return new FileName(bytes.toString(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return value;
    }
}
