package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hub with a guide of X12 005010 makes of a receipt, and what it owes for it. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class LaterReadingTests {

    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");

    private FunctionalAcknowledgment agreed = FunctionalAcknowledgment.BY_997;
    private Set<GuideId> silent = Set.of();
    private final Workbench hub;

    LaterReadingTests(TestDatabase.Vendor vendor) {
        this.hub = new Workbench(vendor.fresh(), "edi")
                .setting("lonja.config", LaterFixture.CONFIG.toAbsolutePath().toString())
                .with("held", HeldDocuments.class, () -> (receipt, controlNumber) -> false)
                .with(
                        "agreements",
                        ReadingAgreements.class,
                        () -> partner -> new ReadingAgreements.Terms(
                                Map.of(Standard.X12, Set.of(new WireParty("ZZ", "HOTELMIRAMAR"))),
                                true,
                                false,
                                agreed,
                                Set.of(),
                                false,
                                StandardCharsets.UTF_8,
                                silent,
                                Set.of(),
                                Set.of(),
                                null,
                                false))
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void answersByA997OfTheSameVersion() {
        assertThat(owed(LaterFixture.BENEFITS)).containsExactly("997");
        assertThat(said()).contains("*X*005010~ST*997*0001~AK1*HB*107*005010X279A1~", "AK9*A*1*1*1~");
    }

    @Test
    void answersByA999WhereThatIsAgreed() {
        agreed = FunctionalAcknowledgment.BY_999;
        assertThat(owed(LaterFixture.BENEFITS.replace("^33^", "^XX^"))).containsExactly("999");
        assertThat(said()).contains("ST*999*0001*005010X231A1~", "IK3*EB*4**8~IK4*3*1365*7*XX~IK5*R*5~AK9*R*1*1*0~");
    }

    @Test
    void saysThatItHasNoGuideOfTheVersionByTheSameRules() {
        agreed = FunctionalAcknowledgment.BY_999;
        assertThat(owed(LaterFixture.BENEFITS.replace("*X*005010X279A1", "*X*007030")))
                .containsExactly("999");
        assertThat(said()).contains("AK1*HB*107*007030~AK2*271*0001*005010X279A1~IK5*R*", "AK9*R*1*1*0*2~");
    }

    @Test
    void answersTheEnvelopeOnlyWhereItsVersionIsUnknown() {
        agreed = FunctionalAcknowledgment.BY_999;
        assertThat(owed(LaterFixture.BENEFITS.replace("*00501*", "*00999*"))).containsExactly("TA1");
        assertThat(said()).contains("*R*003~");
    }

    @Test
    void keepsSilentAboutWhatIsAgreedSo() {
        agreed = FunctionalAcknowledgment.BY_999;
        silent = Set.of(new GuideId("x12-005010-271"));
        assertThat(owed(LaterFixture.BENEFITS)).isEmpty();
    }

    /** Kinds of what is owed for a receipt with this content. */
    private List<String> owed(String content) {
        EntryId receipt = hub.get(Archive.class)
                .append(Draft.of(RECEIVED, Map.of("partner", "hotel-miramar"), content.getBytes(ISO_8859_1)))
                .id();
        return hub.get(InterchangeReader.class).read(receipt).owed().stream()
                .map(id ->
                        SentAcknowledgment.of(hub.get(Archive.class).entry(id)).as())
                .toList();
    }

    private String said() {
        return hub.archived(SentAcknowledgment.TYPE).stream()
                .map(entry -> new String(hub.get(Archive.class).payload(entry.id()), ISO_8859_1))
                .findFirst()
                .orElseThrow();
    }
}
