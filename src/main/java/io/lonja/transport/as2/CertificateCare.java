package io.lonja.transport.as2;

import io.lonja.alarm.Alarm;
import io.lonja.alarm.Alarms;
import io.lonja.alarm.OpenAlarms;
import io.lonja.partner.As2Channel;
import io.lonja.partner.PartnerCertificate;
import io.lonja.partner.TradingPartner;
import io.lonja.transport.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Tells in time that a certificate of ours or of a partner ends: 60, 30, 14, 7 and 1 days before, and when it has ended.
 * Each certificate has one open alarm at most; the next one takes the place of the one before. A certificate with a
 * successor that is there already needs none.
 */
final class CertificateCare extends Rounds {

    private static final String CAUSE = "certificate-ends:";
    private static final List<Integer> DAYS = List.of(0, 1, 7, 14, 30, 60);
    private static final int ALARMS_MAX = 10_000;

    private final Supplier<List<TradingPartner>> partners;
    private final OwnKeys ownKeys;
    private final Alarms alarms;
    private final OpenAlarms open;
    private final Clock clock;

    CertificateCare(
            Supplier<List<TradingPartner>> partners,
            OwnKeys ownKeys,
            Alarms alarms,
            OpenAlarms open,
            Clock clock,
            Duration every) {
        super("certificate-care", every);
        this.partners = partners;
        this.ownKeys = ownKeys;
        this.alarms = alarms;
        this.open = open;
        this.clock = clock;
    }

    /** One round over all certificates. */
    @Override
    protected synchronized void round() {
        Instant now = clock.instant();
        LocalDate today = day(now);
        SortedMap<String, String> due = new TreeMap<>();
        for (OwnKeys.Held held : ownKeys.held()) {
            own(held, today, due);
        }
        for (TradingPartner partner : partners.get()) {
            As2Channel channel = partner.channels().as2();
            if (channel != null) {
                for (PartnerCertificate certificate : channel.certificates()) {
                    theirs(partner, channel, certificate, today, due);
                }
            }
        }
        for (Alarm alarm : open.list(ALARMS_MAX)) {
            if (alarm.cause().startsWith(CAUSE) && !due.containsKey(alarm.cause())) {
                alarms.close(alarm.cause(), now);
            }
        }
        due.forEach((cause, sentence) -> alarms.open(cause, sentence, now));
    }

    private void own(OwnKeys.Held held, LocalDate today, SortedMap<String, String> due) {
        LocalDate until = day(held.key().certificate().getNotAfter().toInstant());
        boolean succeeded = ownKeys.held().stream()
                .anyMatch(other -> other.as2Name().equals(held.as2Name())
                        && day(other.key().certificate().getNotAfter().toInstant())
                                .isAfter(until)
                        && !other.signsFrom().isAfter(later(until, today))
                        && (other.key().isRsa() || !held.key().isRsa()));
        if (!succeeded) {
            tell(
                    "ours:" + held.name(),
                    today,
                    until,
                    "our certificate %s".formatted(held.name()),
                    "Make a new pair with `key new`, send its certificate to all partners, and let it sign when they have it.",
                    due);
        }
    }

    private static void theirs(
            TradingPartner partner,
            As2Channel channel,
            PartnerCertificate certificate,
            LocalDate today,
            SortedMap<String, String> due) {
        LocalDate until = certificate.ends();
        boolean succeeded = certificate.use().stream()
                .allMatch(use -> channel.certificates().stream()
                        .anyMatch(other -> other.use().contains(use)
                                && other.ends().isAfter(until)
                                && !other.from().isAfter(later(until.plusDays(1), today))));
        if (succeeded) {
            return;
        }
        String grace = certificate.graceDays() > 0
                ? " Its signatures count until %s by `grace_days`.".formatted(until.plusDays(certificate.graceDays()))
                : "";
        tell(
                "%s:%s".formatted(partner.id(), certificate.file()),
                today,
                until,
                "certificate %s of partner %s".formatted(certificate.file(), partner.id()),
                "Ask %s for its next one and add it to `certificates` in its profile; both may stand there.%s"
                        .formatted(partner.id(), grace),
                due);
    }

    /** Opens the alarm of the lowest mark that is reached; the cause names the mark, so that each is told once. */
    private static void tell(
            String which, LocalDate today, LocalDate until, String what, String next, SortedMap<String, String> due) {
        long left = ChronoUnit.DAYS.between(today, until);
        for (int mark : DAYS) {
            if (mark == 0 ? left < 0 : left <= mark) {
                due.put(
                        "%s%s:%d".formatted(CAUSE, which, mark),
                        left < 0
                                ? "%s ended on %s. %s".formatted(capital(what), until, next)
                                : "%s ends on %s, %d days from now. %s".formatted(capital(what), until, left, next));
                return;
            }
        }
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
