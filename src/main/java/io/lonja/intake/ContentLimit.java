package io.lonja.intake;

/**
 * The most that one transmission may have ({@code lonja.intake.content-max}); a door stops reading there.
 *
 * @param bytes 1 to 1 GiB, since content is held in memory while it is made durable
 */
public record ContentLimit(int bytes) {

    private static final int BYTES_MAX = 1 << 30;

    public ContentLimit {
        if (bytes < 1 || bytes > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "lonja.intake.content-max is %d bytes; it must be from 1 to %d".formatted(bytes, BYTES_MAX));
        }
    }

    /** What a sender of more is told. */
    public String sentence() {
        return "An interchange has at most %d bytes here; send it as several interchanges.".formatted(bytes);
    }
}
