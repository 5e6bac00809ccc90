package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.Alarms;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import io.lonja.partner.As2Channel;
import io.lonja.partner.As2Channel.Requirement;
import io.lonja.partner.Channels;
import io.lonja.partner.InterchangeNumbers;
import io.lonja.partner.PartnerCertificate;
import io.lonja.partner.PartnerCertificate.Use;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.WireForm;
import io.lonja.party.PartyId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person hears in time, and once per mark, that a certificate ends. */
class CertificateCareTests {

    @TempDir
    Path home;

    private final Workbench hub = new Workbench(TestDatabase.h2()).start();
    private List<PartnerCertificate> theirs = List.of();
    private KeySafe safe;
    private CertificateCare care;

    @BeforeEach
    void open() {
        hub.clock.advance(Duration.between(hub.clock.instant(), Instant.now()));
        safe = KeySafe.in(DataFolder.at(home));
        care = new CertificateCare(
                () -> List.of(partner()),
                OwnKeys.in(safe, OurNames.only("LONJA"), hub.clock),
                hub.get(Alarms.class),
                hub.get(OpenAlarms.class),
                hub.clock,
                Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void tellsOfOursAtEachMarkAndIsContentWithASuccessor() {
        care.round();
        assertThat(hub.openCauses()).isEmpty();
        // The certificate ends in 5 * 365 days.
        days(5 * 365 - 60);
        assertMarks("ours:as2-lonja", 60, 30, 30, 16, 14, 7, 7, 6, 1, 2, 0);
        assertThat(sentence()).startsWith("Our certificate as2-lonja ended on ").contains("key new");
        As2Keys.in(safe, hub.clock).make("LONJA", null, KeyType.RSA3072, today());
        care.round();
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void tellsOfAPartnersUntilItsNextOneStandsInTheProfile() {
        LocalDate until = today().plusDays(60);
        theirs = List.of(certificate("old.pem", today().minusDays(300), until, 7));
        assertMarks("acme:old.pem", 60, 30, 30, 16, 14, 7, 7, 6, 1, 2, 0);
        assertThat(sentence())
                .contains("Certificate old.pem of partner acme ended on " + until)
                .contains("count until %s by `grace_days`".formatted(until.plusDays(7)));
        theirs = List.of(theirs.get(0), certificate("new.pem", until.minusDays(10), until.plusDays(290), 0));
        care.round();
        assertThat(hub.openCauses()).isEmpty();
        theirs = List.of(theirs.get(0), certificate("late.pem", until.plusDays(10), until.plusDays(290), 0));
        care.round();
        assertThat(hub.openCauses()).containsExactly("certificate-ends:acme:old.pem:0");
        theirs = List.of(theirs.get(1));
        care.round();
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void countsASignatureInItsGraceAndNoDayLonger() {
        LocalDate until = today().minusDays(3);
        theirs = List.of(certificate("old.pem", today().minusDays(300), until, 7));
        assertThat(CertificateTimes.of(channel(), Use.SIGN, hub.clock.instant()))
                .hasSize(1);
        assertThat(CertificateTimes.of(channel(), Use.ENCRYPT, hub.clock.instant()))
                .isEmpty();
        hub.clock.advance(Duration.ofDays(5));
        assertThat(CertificateTimes.of(channel(), Use.SIGN, hub.clock.instant()))
                .isEmpty();
    }

    /** @param steps mark, days to the next mark, mark, … */
    private void assertMarks(String which, int... steps) {
        for (int at = 0; at < steps.length; at += 2) {
            care.round();
            care.round();
            assertThat(hub.openCauses()).containsExactly("certificate-ends:%s:%d".formatted(which, steps[at]));
            if (at + 1 < steps.length) {
                days(steps[at + 1]);
            }
        }
    }

    private String sentence() {
        return hub.get(OpenAlarms.class).list(1).get(0).sentence();
    }

    private void days(int days) {
        hub.clock.advance(Duration.ofDays(days));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(hub.clock.instant(), ZoneOffset.UTC);
    }

    private static PartnerCertificate certificate(String file, LocalDate from, LocalDate until, int graceDays) {
        return new PartnerCertificate(
                file,
                Set.of(Use.SIGN, Use.ENCRYPT),
                from,
                until,
                graceDays,
                Keys.rsa("acme").pem());
    }

    private As2Channel channel() {
        return new As2Channel(Set.of(Requirement.values()), Set.of(), null, null, null, theirs, List.of());
    }

    private TradingPartner partner() {
        return new TradingPartner(
                new PartyId("acme"),
                "Acme",
                Set.of(),
                Set.of(),
                List.of(),
                Currency.getInstance("EUR"),
                TradingPartner.DuplicatePolicy.TA1,
                false,
                false,
                InterchangeNumbers.ANY,
                WireForm.USUAL,
                new Channels(channel(), null, "acme"),
                "1");
    }
}
