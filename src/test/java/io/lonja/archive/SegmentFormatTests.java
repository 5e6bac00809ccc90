package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SegmentFormatTests {

    @Test
    void namesSegmentsInAsciiDigitsWhateverTheLocaleOfTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(SegmentFormat.file(Path.of("archive"), 57)).hasFileName("00000000000000000057.segment");
        } finally {
            Locale.setDefault(before);
        }
    }
}
