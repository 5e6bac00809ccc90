package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.Alarm;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.edi.InterchangeRead.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a control number is taken, and what is said where numbers are skipped. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class MissingInterchangesTests {

    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    private static final String PARTNER = "posada-miramar";
    private static final String ORDER = EdiFixture.sample("x12-004010-850", "single-line");
    private static final Envelope ENVELOPE =
            EdiFixture.read(ORDER).interchanges().get(0).envelope();

    private Duration takenFor;
    private boolean sequential = true;
    private final Workbench hub;

    MissingInterchangesTests(TestDatabase.Vendor vendor) {
        this.hub = new Workbench(vendor.fresh(), "edi")
                .with("held", HeldDocuments.class, () -> (receipt, controlNumber) -> false)
                .with(
                        "agreements",
                        ReadingAgreements.class,
                        () -> partner -> new ReadingAgreements.Terms(
                                Map.of(Standard.X12, Set.of(ENVELOPE.sender())),
                                true,
                                false,
                                FunctionalAcknowledgment.BY_997,
                                Set.of(),
                                false,
                                StandardCharsets.UTF_8,
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                takenFor,
                                sequential))
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void opensOneAlarmForAGapAndClosesItWhenAllOfItCame() {
        came(101, 105);
        assertThat(sentences())
                .singleElement()
                .asString()
                .contains("after 101 came 000000105", "102 to 104 never came");
        came(103, 104);
        assertThat(sentences()).hasSize(1);
        came(102);
        assertThat(sentences()).isEmpty();
        came(106);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void opensAnAlarmForEachGapAndSaysTheSameAfterARebuild() {
        came(1, 3, 6);
        List<String> before = sentences();
        assertThat(before).hasSize(2);
        hub.rebuild();
        assertThat(sentences()).isEqualTo(before);
        came(2);
        assertThat(sentences()).singleElement().asString().contains("4 and 5 never came");
    }

    @Test
    void knowsThatACounterBeganAgain() {
        came(999_999_998, 2);
        assertThat(sentences()).singleElement().asString().contains("999999999, 1 never came");
        came(1, 3);
        assertThat(sentences()).hasSize(1);
        came(999_999_999);
        assertThat(sentences()).isEmpty();
        came(4);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void saysNothingOfWhatCameLateOrAgain() {
        came(500, 499, 501, 501, 500, 502);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void countsARefusedInterchangeAsCome() {
        came(7);
        receive(order(8, "1").replace("IEA*1*", "IEA*2*"));
        came(9);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void countsEachPairOfNamesForItself() {
        came(1);
        receive(order(50, "1").replace("*ZZ*LONJAHUB       *", "*ZZ*NORDMAR        *"));
        came(2);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void watchesNothingWhereThatIsNotAgreedAndForgetsWhatItWatched() {
        came(1, 5);
        assertThat(sentences()).hasSize(1);
        sequential = false;
        came(9);
        assertThat(sentences()).isEmpty();
        sequential = true;
        came(20, 21);
        assertThat(sentences()).isEmpty();
    }

    @Test
    void takesOtherContentUnderANumberWhoseTimeIsOver() {
        takenFor = Duration.ofDays(365);
        sequential = false;
        assertThat(decision(receive(order(101, "1")))).isEqualTo(Decision.NEW);
        hub.clock.advance(Duration.ofDays(365).minusSeconds(1));
        assertThat(decision(receive(order(101, "2")))).isEqualTo(Decision.CONFLICT);
        hub.clock.advance(Duration.ofSeconds(1));
        assertThat(decision(receive(order(101, "2")))).isEqualTo(Decision.NEW);
        assertThat(decision(receive(order(101, "1"))))
                .as("the same bytes never count twice")
                .isEqualTo(Decision.DUPLICATE);
        assertThat(decision(receive(order(101, "2")))).isEqualTo(Decision.DUPLICATE);
        assertThat(decision(receive(order(101, "3")))).isEqualTo(Decision.CONFLICT);
    }

    @Test
    void keepsANumberForEverWhereNothingElseIsAgreed() {
        sequential = false;
        receive(order(101, "1"));
        hub.clock.advance(Duration.ofDays(10_000));
        assertThat(decision(receive(order(101, "2")))).isEqualTo(Decision.CONFLICT);
    }

    private void came(int... numbers) {
        for (int number : numbers) {
            receive(order(number, "1"));
        }
    }

    private List<String> sentences() {
        return hub.get(OpenAlarms.class).list(100).stream()
                .map(Alarm::sentence)
                .filter(sentence -> sentence.contains("never came"))
                .toList();
    }

    private Decision decision(EntryId receipt) {
        return hub.get(InterchangeReader.class)
                .outcome(receipt)
                .orElseThrow()
                .interchanges()
                .get(0)
                .decision();
    }

    private EntryId receive(String content) {
        EntryId receipt = hub.get(Archive.class)
                .append(Draft.of(RECEIVED, Map.of("partner", PARTNER), content.getBytes(ISO_8859_1)))
                .id();
        hub.get(InterchangeReader.class).read(receipt);
        return receipt;
    }

    /** @param note tells contents under one number apart */
    private static String order(int number, String note) {
        return ORDER.replace(ENVELOPE.controlNumber(), "%09d".formatted(number))
                .replace("BEG*00*SA*", "BEG*00*SA*" + note);
    }
}
