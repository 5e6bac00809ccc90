package io.lonja.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckDigitTests {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            354107380000001051, true
            354107380000001015, false
            384123450000001018, true
            384123450000001019, false
            036000291452, true
            5410738000152, true
            5410738000153, false
            96385074, true
            9638507X, false
            '', false
            """)
    void theLastDigitChecksTheOthers(String number, boolean fits) {
        assertThat(CheckDigit.fits(number)).isEqualTo(fits);
    }
}
