package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTests {

    private static final Path SCHEMAS = Path.of("schemas");
    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));
    private static final int GENERATED = 100;

    @TempDir
    private Path folder;

    @Test
    void decidesEverySelectorOfTheGuidesThatAreMapped() throws IOException {
        for (GuideFolder guide : GuideFolder.below(SCHEMAS)) {
            for (String file : guide.smooksFiles()) {
                byte[] content = Objects.requireNonNull(guide.files().get(file));
                assertThat(Selection.in(GuideMapping.configured(file, content)))
                        .as("%s/%s", guide.name(), file)
                        .isPresent();
            }
        }
    }

    /** Smooks reads the whole set where one more bean has a selector that only it can judge. */
    @Test
    void makesTheSameOfWhatIsSelectedAsOfTheWhole() throws IOException {
        Mapping selecting = Shipped.mapping();
        Mapping whole = Mapping.of(withBean("//NOWHERE"));
        List<TransactionSet> sets = sets();

        for (TransactionSet set : sets) {
            assertThat(selecting.map(set, EUR)).isEqualTo(whole.map(set, EUR));
        }
        assertThat(sets).hasSizeGreaterThan(GENERATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//PO1",
                "PO1//REF",
                "PO1[1]",
                "*",
                "loop-PO1/*",
                "loop-N1[@at = 'N1 1 2 3']/N1",
                "PO1[@e1 = '1' and @e2 = '2']",
                "PO1[@e1 != '1']",
                "/transaction-set/BEG"
            })
    void leavesToSmooksWhatItCannotDecide(String selector) throws IOException {
        assertThat(Selector.parse(selector).filter(Selector::isDecidedByPlace)).isEmpty();
        TransactionSet set = SetText.set("BEG*00*SA*PO-1**20261121~PO1*1*10*CA*12.50**VN*A-100~CTT*1~");
        String file = "x12-004010-850/purchase-order.smooks.xml";
        Path schemas = withBean(selector);

        assertThat(Selection.in(GuideMapping.configured(file, Files.readAllBytes(schemas.resolve(file)))))
                .isEmpty();
        assertThat(Mapping.of(schemas).map(set, EUR))
                .isEqualTo(Shipped.mapping().map(set, EUR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<jb:value property=\"@e2\" data=\"BEG/@e1\"/>",
                "<jb:value property=\"more\" data=\"BEG\"/>",
                "<jb:value data=\"BEG/@e1\"/>",
                "<jb:expression property=\"more\" execOnElement=\"BEG\">1 + 1</jb:expression>"
            })
    void leavesToSmooksWhatCouldTellTheNamesApart(String value) {
        byte[] file = """
                <smooks-resource-list xmlns="https://www.smooks.org/xsd/smooks-2.0.xsd"
                                      xmlns:jb="https://www.smooks.org/xsd/smooks/javabean-1.6.xsd">
                  <jb:bean beanId="document" class="io.lonja.mapping.Collected" createOnElement="transaction-set">
                    %s
                  </jb:bean>
                </smooks-resource-list>
                """.formatted(value).getBytes(StandardCharsets.UTF_8);

        assertThat(Selection.in(GuideMapping.configured("test", file))).isEmpty();
    }

    /** Another folder of the same guides, whose mappings make one more bean where this is selected. */
    private Path withBean(String selector) throws IOException {
        try (Stream<Path> files = Files.walk(SCHEMAS, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(SCHEMAS.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                if (file.toString().endsWith(GuideFolder.SMOOKS)) {
                    Files.writeString(
                            copy,
                            Files.readString(copy)
                                    .replace(
                                            "</smooks-resource-list>",
                                            "<jb:bean beanId=\"more\" class=\"java.util.HashMap\" createOnElement=\"%s\"/></smooks-resource-list>"
                                                    .formatted(selector)));
                }
            }
        }
        return folder;
    }

    /** The accepted ones of all samples whose guide is mapped, and of generated documents. */
    private static List<TransactionSet> sets() throws IOException {
        long seed = Long.getLong("lonja.seed", System.nanoTime());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Mapping mapping = Shipped.mapping();
        List<TransactionSet> sets = new ArrayList<>();
        for (int i = 0; i < GENERATED; i++) {
            sets.add(SetText.set(MappingPropertyTests.Trade.random(random, i).text()));
        }
        try (Stream<Path> files = Files.walk(SCHEMAS)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".edi")).toList()) {
                SetText.sets(Files.readAllBytes(file)).stream()
                        .filter(set -> !(set.verdict() instanceof Verdict.Refused))
                        .filter(set -> set.guide() != null
                                && mapping.documentType(set.guide()).isPresent())
                        .forEach(sets::add);
            }
        }
        return sets;
    }
}
