package io.lonja.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalJsonTests {

    @Test
    void sortsNamesByUtf16CodeUnitsAsInTheExampleOfTheStandard() {
        // RFC 8785, section 3.2.3
        Map<String, Object> members = Map.of(
                "\u20ac", "Euro Sign",
                "\r", "Carriage Return",
                "\ufb33", "Hebrew Letter Dalet With Dagesh",
                "1", "One",
                "\ud83d\ude00", "Emoji: Grinning Face",
                "\u0080", "Control",
                "\u00f6", "Latin Small Letter O With Diaeresis");

        assertThat(new String(CanonicalJson.write(members), UTF_8))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void escapesOnlyWhatMustBe() {
        assertThat(CanonicalJson.write("\u20ac$\u000f\nA'B\"\\\\\"/\u007f\u2028"))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\u2028\"".getBytes(UTF_8));
    }

    @Test
    void writesTheWholeTreeWithoutWhiteSpace() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("none", null);
        tree.put("list", Arrays.asList(1, -2L, true, null, new BigDecimal("1E+3"), List.of(), Map.of()));

        assertThat(new String(CanonicalJson.write(tree), UTF_8))
                .isEqualTo("{\"list\":[1,-2,true,null,\"1000\",[],{}],\"none\":null}");
    }

    @Test
    void refusesWhatHasNoExactSpelling() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(1L << 53));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write("half \ud83d"));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(new Rate(0.1)));
        assertThat(CanonicalJson.write((1L << 53) - 1)).asString().isEqualTo("9007199254740991");
    }

    @Test
    void tellsARecordAndReadsItBack() {
        Line line = new Line(
                "10",
                new BigDecimal("12.500"),
                Money.of("1234.50", "EUR"),
                Instant.parse("2026-11-21T10:00:00.000001Z"),
                LocalDate.of(2026, 2, 28),
                new EntryId(42),
                Sha256.of(new byte[0]),
                new PartyId("acme"),
                new TreeMap<>(Map.of("b", new BigDecimal("2"), "a", new BigDecimal("0.10"))),
                List.of(new Decision.Taken("acme"), new Decision.LeftOpen(List.of("price", "unit"))),
                null);

        byte[] json = CanonicalJson.of(line);

        assertThat(new String(json, UTF_8))
                .isEqualTo("{\"at\":\"2026-11-21T10:00:00.000001Z\",\"byItem\":{\"a\":\"0.10\",\"b\":\"2\"},"
                        + "\"day\":\"2026-02-28\",\"decisions\":[{\"by\":\"acme\",\"decision\":\"taken\"},"
                        + "{\"decision\":\"left-open\",\"missing\":[\"price\",\"unit\"]}],"
                        + "\"digest\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
                        + "\"entry\":42,\"number\":\"10\",\"party\":\"acme\",\"price\":{\"amount\":\"1234.50\",\"currency\":\"EUR\"},"
                        + "\"quantity\":\"12.500\"}");
        assertThat(CanonicalJson.read(json, Line.class)).isEqualTo(line);
        assertThat(CanonicalJson.of(CanonicalJson.read(json, Line.class))).isEqualTo(json);
    }

    @Test
    void tellsACaseOfASealedTypeByName() {
        Decision decision = new Decision.Taken("acme");

        assertThat(CanonicalJson.of(decision)).asString().isEqualTo("{\"by\":\"acme\",\"decision\":\"taken\"}");
        assertThat(CanonicalJson.read(CanonicalJson.of(decision), Decision.class))
                .isEqualTo(decision);
    }

    @Test
    void refusesNamesThatTheRecordDoesNotHaveAndNamesThatComeTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.read(
                        "{\"by\":\"a\",\"decision\":\"taken\",\"x\":1}".getBytes(UTF_8), Decision.class))
                .withMessageContaining("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.read(
                        "{\"by\":\"a\",\"by\":\"b\",\"decision\":\"taken\"}".getBytes(UTF_8), Decision.class));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.read("null".getBytes(UTF_8), Decision.class));
    }

    @Test
    void tellsBytesAsBase64AndWhatIsNullOnlyInTheTree() {
        assertThat(CanonicalJson.of(new Seal("k", new byte[] {0, 1, (byte) 0xFF})))
                .asString()
                .isEqualTo("{\"bytes\":\"AAH/\",\"key\":\"k\"}");
        assertThat(CanonicalJson.of(Map.of("z", 1L << 52, "a", List.of(true, "x"))))
                .asString()
                .isEqualTo("{\"a\":[true,\"x\"],\"z\":4503599627370496}");
    }

    @Test
    void tellsAnythingAsItWritesTheSameTreeInWhateverOrderTheNamesCome() {
        Random random = new Random(8785);
        for (int i = 0; i < 2_000; i++) {
            Object tree = tree(random, 5);
            assertThat(CanonicalJson.of(tree)).isEqualTo(CanonicalJson.write(tree));
        }
    }

    private static Object tree(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextBoolean();
                case 2 -> new BigDecimal(random.nextInt(100_000)).movePointLeft(random.nextInt(4));
                default -> text(random);
            };
        }
        int members = random.nextInt(5);
        if (random.nextBoolean()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < members; i++) {
                list.add(tree(random, depth - 1));
            }
            return list;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members; i++) {
            object.put(text(random), tree(random, depth - 1));
        }
        return object;
    }

    private static String text(Random random) {
        String alphabet = "ab{}[],:\"\\\n\u20ac\ufb33";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return random.nextInt(8) == 0 ? text + "\ud83d\ude00" : text.toString();
    }

    @Test
    void refusesWhatItCannotTell() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.of(new Rate(0.1)))
                .withMessageContaining("0.1 is not a whole number");
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(Map.of("n", 1L << 53)));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(Map.of("half", "\ud83d")));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(List.of(1.5f)));
    }

    record Seal(String key, byte[] bytes) {}

    record Rate(double percent) {}

    record Line(
            String number,
            BigDecimal quantity,
            Money price,
            Instant at,
            LocalDate day,
            EntryId entry,
            Sha256 digest,
            PartyId party,
            SortedMap<String, BigDecimal> byItem,
            List<Decision> decisions,
            @Nullable String remark) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "decision")
    sealed interface Decision {
        record Taken(String by) implements Decision {}

        record LeftOpen(List<String> missing) implements Decision {}
    }
}
