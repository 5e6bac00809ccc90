package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.archive.CanonicalJson;
import io.lonja.edi.GuideId;
import io.lonja.edi.ReadingManner;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every accepted sample of a mapped guide, EDI or XML, has its documents beside it: {@code single-line.edi} and {@code
 * single-line.expected.json}, one line for each accepted transaction set, written as the API writes {@code content}.
 */
class SampleTests {

    private static final Path SCHEMAS = Path.of("schemas");
    private static final Mapping MAPPING = Shipped.mapping();
    /** Guides of acknowledgments and advices, which are no documents. */
    private static final Pattern ACKNOWLEDGING = Pattern.compile("-(997|999|contrl|824|aperak)/");

    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));

    @TestFactory
    List<DynamicTest> mapsEverySampleToWhatStandsBesideIt() throws IOException {
        try (Stream<Path> files = Files.walk(SCHEMAS)) {
            return files.filter(file -> file.toString().matches(".*\\.edi|.*/samples/.*\\.xml")
                            && !file.toString().endsWith(".ack.edi")
                            && !ACKNOWLEDGING.matcher(file.toString()).find())
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> compare(file)))
                    .toList();
        }
    }

    private static void compare(Path sample) throws IOException {
        Path expected =
                sample.resolveSibling(sample.getFileName().toString().replaceFirst("\\.(edi|xml)$", ".expected.json"));
        List<TransactionSet> accepted = SetText.PARSER
                .agreed(ReadingManner.by(Set.of(guide(sample))))
                .parse(Files.readAllBytes(sample))
                .interchanges()
                .stream()
                .filter(interchange -> !interchange.refused())
                .flatMap(interchange -> interchange.groups().stream())
                .flatMap(group -> group.transactionSets().stream())
                .filter(set -> !(set.verdict() instanceof Verdict.Refused))
                .toList();
        if (accepted.isEmpty()) {
            assertThat(expected).doesNotExist();
            return;
        }
        String documents = accepted.stream()
                .map(set -> MAPPING.map(set, EUR))
                .peek(mapped -> assertThat(mapped.problems()).isEmpty())
                .map(mapped -> CanonicalJson.of(Objects.requireNonNull(mapped.content())))
                .map(json -> new String(json, StandardCharsets.UTF_8) + "\n")
                .collect(Collectors.joining());
        assertThat(expected).content(StandardCharsets.UTF_8).isEqualTo(documents);
    }

    /** In whose folder it lies; it may be an overlay. */
    private static GuideId guide(Path sample) {
        return new GuideId(sample.getParent().getParent().getFileName().toString());
    }
}
