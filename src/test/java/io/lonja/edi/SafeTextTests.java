package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTests {

    @Test
    void whatCanBeSeenStaysAsItIs() {
        String seen = "ACME ~ Peñíscola, Łódź, 大阪 \uD83D\uDE00 <b>";
        assertThat(SafeText.of(seen)).isSameAs(seen);
    }

    @Test
    void whatATerminalWouldObeyIsShownByItsCode() {
        assertThat(SafeText.of("a\u001b[2Jb\u0007\r\n\t\u007f\u009b31m"))
                .isEqualTo("a<1B>[2Jb<07><0D><0A><09><7F><9B>31m");
        assertThat(SafeText.of("\u202egpj.exe\u2066\u200f\ufeff\u2028"))
                .isEqualTo("<202E>gpj.exe<2066><200F><FEFF><2028>");
        assertThat(SafeText.of("\uD83D!\uDE00\uE000")).isEqualTo("<D83D>!<DE00><E000>");
    }
}
