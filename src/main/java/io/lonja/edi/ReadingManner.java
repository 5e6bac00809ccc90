package io.lonja.edi;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * How the payloads of one sender are read.
 *
 * @param overlays that judge instead of the guides they lie on; of two on one guide the first by id counts. What is no
 *     overlay, or not there, changes nothing
 * @param strict whether a leniency refuses its interchange
 * @param x12 the character set of bytes beyond ASCII in X12, which declares none
 */
public record ReadingManner(Set<GuideId> overlays, boolean strict, Charset x12) {

    /** As everybody's are read, but by these overlays. */
    public static ReadingManner by(Set<GuideId> overlays) {
        return new ReadingManner(overlays, false, StandardCharsets.UTF_8);
    }

    WireText x12Text() {
        return x12.equals(StandardCharsets.UTF_8) ? WireText.X12 : new WireText(x12, x12.name());
    }
}
