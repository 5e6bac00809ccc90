package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.CanonicalJson;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireTests {

    @Test
    void cutsATextBeforeACharacterThatWouldBeLeftInHalf() {
        String emoji = "\uD83D\uDE00";
        assertThat(Wire.shortened("x".repeat(98) + emoji)).isEqualTo("x".repeat(98));
        assertThat(Wire.shortened("x".repeat(97) + emoji)).isEqualTo("x".repeat(97) + emoji);
        assertThat(Wire.shortened("x".repeat(100))).isEqualTo("x".repeat(99));
        assertThat(CanonicalJson.write(Map.of("found", Wire.shortened(emoji.repeat(60)))))
                .isNotEmpty();
    }
}
