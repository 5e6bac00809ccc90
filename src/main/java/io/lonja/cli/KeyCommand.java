package io.lonja.cli;

import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import io.lonja.transport.as2.As2Keys;
import io.lonja.transport.as2.KeyType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The hub's own AS2 keys, in its data folder; a running hub takes up what changes. */
@Command(
        name = "key",
        description = "Makes, lists and certifies the hub's own AS2 key pairs.",
        synopsisSubcommandLabel = "COMMAND")
class KeyCommand extends Group {

    /** What partners get to install a new certificate before it is used. */
    private static final int DAYS_FOR_PARTNERS = 30;

    private static final String SIGN_FROM =
            "The first day it signs, 2026-12-24 (default: today for the first pair, else in 30 days, for partners to"
                    + " install it).";

    private final Clock clock = Clock.systemUTC();

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Command(
            name = "new",
            description = "Makes a key pair with a self-signed certificate for five years. It decrypts at once.")
    int create(
            @Mixin Help help,
            @Mixin Folders folders,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "What the certificate is called (default: the AS2 name, or LONJA).")
                    Optional<String> name,
            @Option(
                            names = "--as2-name",
                            paramLabel = "NAME",
                            description = "Which of our AS2 names it is for (default: lonja.identity.as2).")
                    Optional<String> as2Name,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            defaultValue = "rsa3072",
                            description = "rsa3072, rsa4096 or ec-p256, which signs only (default: ${DEFAULT-VALUE}).")
                    String type,
            @Option(names = "--sign-from", paramLabel = "DATE", description = SIGN_FROM) Optional<LocalDate> signFrom) {
        As2Keys keys = keys(folders);
        As2Keys.Shown made = keys.make(
                name.or(() -> as2Name).orElse("LONJA"),
                as2Name.orElse(null),
                type(type),
                day(keys, as2Name.orElse(null), signFrom));
        out().println("Made %s. Send %s to every partner; its SHA-256 is %s."
                .formatted(made.name(), made.certificate(), made.fingerprint()));
        out().println("It signs from %s; a running hub knows it already.".formatted(made.signsFrom()));
        return 0;
    }

    @Command(name = "list", description = "Lists the key pairs, those that sign latest first.")
    int list(@Mixin Help help, @Mixin Folders folders) {
        PrintWriter out = out();
        List<As2Keys.Shown> all = keys(folders).list();
        if (all.isEmpty()) {
            out.println("There is none yet; the first is made when the hub starts.");
        }
        for (As2Keys.Shown key : all) {
            long days = Duration.between(clock.instant(), key.until()).toDays();
            out.println("%-16s %-9s signs from %s  ends %s (%d days)  %s%s"
                    .formatted(
                            key.name(),
                            key.kind(),
                            key.signsFrom(),
                            day(key.until()),
                            days,
                            key.fingerprint(),
                            key.as2Name() == null ? "" : "  for " + key.as2Name()));
        }
        return 0;
    }

    @Command(
            name = "request",
            description = "Writes a request (PKCS #10) for a certificate for a key pair, to send to an authority.")
    int request(
            @Mixin Help help,
            @Mixin Folders folders,
            @Parameters(
                            paramLabel = "PAIR",
                            arity = "0..1",
                            defaultValue = "as2-lonja",
                            description = "As `key list` shows it (default: ${DEFAULT-VALUE}).")
                    String pair) {
        try {
            out().print(keys(folders).request(pair));
            out().flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "import",
            description =
                    "Takes the certificate that an authority issued for a key of ours, as a pair beside the old one.")
    int add(
            @Mixin Help help,
            @Mixin Folders folders,
            @Parameters(paramLabel = "FILE", description = "The certificate in PEM.") Path file,
            @Option(names = "--sign-from", paramLabel = "DATE", description = SIGN_FROM) Optional<LocalDate> signFrom)
            throws IOException {
        As2Keys keys = keys(folders);
        try {
            As2Keys.Shown added = keys.add(
                    Files.readString(file, StandardCharsets.ISO_8859_1),
                    signFrom.orElse(day(clock.instant()).plusDays(DAYS_FOR_PARTNERS)));
            out().println("Took %s as %s; it signs from %s. Send %s to every partner; its SHA-256 is %s."
                    .formatted(file, added.name(), added.signsFrom(), added.certificate(), added.fingerprint()));
            return 0;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private As2Keys keys(Folders folders) {
        return As2Keys.in(
                KeySafe.in(
                        DataFolder.at(folders.home()),
                        System.getenv(KeySafe.PASSPHRASE),
                        System.getenv(KeySafe.PASSPHRASE_FILE)),
                clock);
    }

    /** @param as2Name of ours that a pair is made for; null for the main one */
    private LocalDate day(As2Keys keys, @Nullable String as2Name, Optional<LocalDate> signFrom) {
        LocalDate today = day(clock.instant());
        boolean first = keys.list().stream().noneMatch(key -> Objects.equals(key.as2Name(), as2Name));
        return signFrom.orElse(first ? today : today.plusDays(DAYS_FOR_PARTNERS));
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private static KeyType type(String name) {
        for (KeyType type : KeyType.values()) {
            if (type.toString().equals(name)) {
                return type;
            }
        }
        throw new RefusedException("%s is none of rsa3072, rsa4096, ec-p256.".formatted(name));
    }
}
