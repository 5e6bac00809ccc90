package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTests {

    @Test
    void knowTheLengthOfTheirBase64LinesBeforeTheyAreWritten() {
        for (int length = 0; length <= 240; length++) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) length);
            Pieces lines = new Pieces().addBase64(Pieces.of(bytes));
            assertThat(lines.toBytes())
                    .isEqualTo(
                            Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encode(bytes));
            assertThat(lines.length()).isEqualTo(lines.toBytes().length);
        }
    }

    @Test
    void areTheSameHoweverOftenTheyAreWritten() {
        Pieces pieces = Pieces.of(new byte[] {1, 2})
                .add(new Pieces().addBase64(Pieces.of(new byte[] {3})))
                .add(new byte[] {4});
        assertThat(pieces.toBytes()).isEqualTo(new byte[] {1, 2, 'A', 'w', '=', '=', 4});
        assertThat(pieces.toBytes()).isEqualTo(pieces.toBytes());
        assertThat(pieces.length()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 16_777_216})
    void areWrappedInDerAsBouncyCastleDoes(int length) throws IOException {
        byte[] content = new byte[length];
        assertThat(Der.element(Der.OCTET_STRING, Pieces.of(content)).toBytes())
                .isEqualTo(new DEROctetString(content).getEncoded());
    }

    @ParameterizedTest
    @CsvSource({"4294967295, 3084ffffffff", "4294967296, 30850100000000", "9663676416, 30850240000000"})
    void areWrappedAlsoWhereTheyAreMoreThanAnArrayHolds(long length, String header) {
        assertThat(Der.begun(Der.SEQUENCE, new Pieces(), length).toBytes())
                .isEqualTo(HexFormat.of().parseHex(header));
    }
}
