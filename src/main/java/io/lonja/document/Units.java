package io.lonja.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Which codes of units say the same: those of X12 355 and of UN/ECE Recommendations 20 and 21. */
final class Units {

    private static final Properties COMMON = load();

    private Units() {}

    /** The Recommendation's code where the other one is known, else the code itself. */
    static String common(String code) {
        return COMMON.getProperty(code, code);
    }

    private static Properties load() {
        Properties table = new Properties();
        try (InputStream file = Objects.requireNonNull(
                Units.class.getResourceAsStream("units.properties"), "The table of units is part of the program")) {
            table.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The table of units cannot be read", e);
        }
        return table;
    }
}
