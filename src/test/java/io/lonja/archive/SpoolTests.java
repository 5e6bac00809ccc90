package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTests {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                65_535,
                65_536,
                65_537,
                Spool.MEMORY_BYTES_MAX - 1,
                Spool.MEMORY_BYTES_MAX,
                Spool.MEMORY_BYTES_MAX + 1,
                9_000_001
            })
    void givesBackWhatItTookAndItsDigest(int length) throws IOException {
        byte[] bytes = bytes(length);
        Spool.Taken taken = Spool.in(DataFolder.at(home)).take(new ByteArrayInputStream(bytes), length);
        try (Spool.Spooled spooled = ((Spool.Taken.Whole) taken).spooled()) {
            Payload payload = spooled.payload();
            assertThat(payload.length()).isEqualTo(length);
            assertThat(payload.digest()).isEqualTo(Sha256.of(bytes));
            // AssertJ looks at large arrays byte by byte.
            assertThat(Arrays.mismatch(payload.bytes(), bytes)).isEqualTo(-1);
            assertThat(Arrays.mismatch(payload.open().readAllBytes(), bytes)).isEqualTo(-1);
            assertThat(files()).hasSize(length > Spool.MEMORY_BYTES_MAX ? 1 : 0);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfWhatIsTooLong() throws IOException {
        Spool spool = Spool.in(DataFolder.at(home));
        assertThat(spool.take(new ByteArrayInputStream(bytes(8_000_001)), 8_000_000))
                .isInstanceOf(Spool.Taken.TooLong.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfAStreamThatBreaks() throws IOException {
        Spool spool = Spool.in(DataFolder.at(home));
        InputStream broken = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ > 6_000_000) {
                    throw new IOException("The line is dead");
                }
                return 'A';
            }
        };
        assertThatThrownBy(() -> spool.take(broken, Long.MAX_VALUE)).hasMessage("The line is dead");
        assertThat(files()).isEmpty();
    }

    @Test
    void isEmptyAfterACrashAndNobodyElsesToRead() throws IOException {
        Spool.Sink left = Spool.in(DataFolder.at(home)).begin();
        left.write(bytes(5_000_000), 0, 5_000_000);
        assertThat(files())
                .hasSize(1)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
        Spool.in(DataFolder.at(home));
        assertThat(files()).isEmpty();
    }

    private java.util.List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("spool"))) {
            return files.toList();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
