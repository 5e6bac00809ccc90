package io.lonja.partner;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.partner.As2Channel.Legacy;
import io.lonja.partner.As2Channel.Requirement;
import io.lonja.partner.PartnerCertificate.Use;
import io.lonja.party.Identity.Scheme;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the channels of one profile, and the certificates and keys that they name. */
final class ChannelReader {

    private static final int FILE_BYTES_MAX = 64 * 1024;
    private static final int KEYS_MAX = 50;
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_LEGACY = 1024;
    private static final String HOME = "home:";
    private static final Pattern KEY = Pattern.compile(
            "(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]{40,4000}={0,2}(?: [^\\r\\n]{0,200})?");

    private final ProfileReader.Read read;
    private final LocatedYaml yaml;
    private final @Nullable Path home;
    private final @Nullable LocalDate today;

    ChannelReader(ProfileReader.Read read, LocatedYaml yaml, @Nullable Path home, @Nullable LocalDate today) {
        this.read = read;
        this.yaml = yaml;
        this.home = home;
        this.today = today;
    }

    /** Null when the profile has none, or one with faults. */
    @Nullable
    As2Channel as2() {
        JsonNode as2 = yaml.tree().path("channels").path("as2");
        if (!as2.isObject()) {
            return null;
        }
        if (read.identities().keySet().stream().noneMatch(identity -> identity.scheme() == Scheme.AS2)) {
            read.fault(
                    yaml.line("/channels/as2"), "There is an AS2 channel, but no AS2 name; add `as2` to `identities`.");
        }
        JsonNode inbound = as2.path("inbound");
        Set<Requirement> require = EnumSet.noneOf(Requirement.class);
        if (inbound.has("require")) {
            inbound.path("require").forEach(each -> requirement(each).ifPresent(require::add));
        } else {
            require.addAll(EnumSet.allOf(Requirement.class));
        }
        Set<Legacy> allow = EnumSet.noneOf(Legacy.class);
        inbound.path("allow").forEach(each -> legacy(each).ifPresent(allow::add));
        String reason = inbound.has("reason") ? inbound.path("reason").asText() : null;
        if (require.size() < Requirement.values().length && reason == null) {
            read.fault(
                    yaml.line("/channels/as2/inbound"),
                    "Messages that are not both signed and encrypted are only taken for a reason; write it under `reason`.");
        }
        if (!allow.isEmpty() && reason == null) {
            read.fault(
                    yaml.line("/channels/as2/inbound/allow"),
                    "Weak algorithms are only taken for a reason; write it under `reason`.");
        }
        JourneyReader journeys =
                new JourneyReader(read, yaml, home, (file, pointer) -> certificate(file, pointer, Set.of(), Set.of()));
        As2Channel.MdnHosts mdnHosts = journeys.mdnHosts(inbound);
        List<PartnerCertificate> certificates = certificates(as2.path("certificates"), allow);
        As2Channel.Outbound outbound = as2.path("outbound").isObject()
                ? new As2Channel.Outbound(format(as2.path("outbound")), journeys.journey(as2.path("outbound")))
                : null;
        demand(as2.path("certificates"), certificates, Use.SIGN, require.contains(Requirement.SIGNED));
        demand(
                as2.path("certificates"),
                certificates,
                Use.ENCRYPT,
                outbound != null && !outbound.format().encrypt().equals("none"));
        List<String> ownNames = new ArrayList<>();
        JsonNode ownName = as2.path("own_name");
        (ownName.isArray() ? ownName : List.of(ownName)).forEach(each -> {
            if (each.isTextual()) {
                ownNames.add(each.asText());
            }
        });
        return new As2Channel(require, allow, reason, mdnHosts, outbound, certificates, ownNames);
    }

    /** Null when the profile has none, or one with faults. */
    @Nullable
    SftpChannel sftp() {
        String pointer = "/channels/sftp/server/authorized_keys";
        JsonNode file = yaml.tree().at(pointer);
        if (!file.isTextual()) {
            return null;
        }
        List<String> keys = new ArrayList<>();
        Optional<byte[]> content = content(file.asText(), pointer);
        if (content.isEmpty()) {
            return null;
        }
        int number = 0;
        for (String line :
                new String(content.get(), StandardCharsets.UTF_8).lines().toList()) {
            number++;
            String key = line.strip();
            if (key.isEmpty() || key.startsWith("#")) {
                continue;
            }
            if (KEY.matcher(key).matches()) {
                keys.add(key);
            } else {
                read.fault(
                        yaml.line(pointer),
                        "Line %d of %s is no public key as OpenSSH writes it (ssh-ed25519 AAAA…); options are not taken."
                                .formatted(number, file.asText()));
            }
        }
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            read.fault(
                    yaml.line(pointer),
                    "%s has %d keys; 1 to %d are taken.".formatted(file.asText(), keys.size(), KEYS_MAX));
        }
        return new SftpChannel(keys);
    }

    private static Optional<Legacy> legacy(JsonNode value) {
        return Stream.of(Legacy.values())
                .filter(each -> each.profileName().equals(value.asText()))
                .findFirst();
    }

    private static Optional<Requirement> requirement(JsonNode value) {
        return switch (value.asText()) {
            case "signed" -> Optional.of(Requirement.SIGNED);
            case "encrypted" -> Optional.of(Requirement.ENCRYPTED);
            default -> Optional.empty();
        };
    }

    private As2Channel.Format format(JsonNode outbound) {
        As2Channel.Format usual = As2Channel.Format.USUAL;
        String compress = outbound.path("compress").asText(usual.compress());
        String reason = outbound.has("reason") ? outbound.path("reason").asText() : null;
        As2Channel.Format format = new As2Channel.Format(
                outbound.path("sign").asText(usual.sign()),
                outbound.path("signature").asText(usual.signature()),
                outbound.path("encrypt").asText(usual.encrypt()),
                outbound.path("key_transport").asText(usual.keyTransport()),
                compress.equals("true") ? "after-sign" : compress,
                outbound.path("transfer_encoding").asText(usual.transferEncoding()),
                outbound.path("digest_names").asText(usual.digestNames()),
                outbound.path("algorithm_protection").asBoolean(usual.algorithmProtection()),
                outbound.path("file_name").asBoolean(usual.fileName()),
                reason);
        for (String weak : List.of("sign", "encrypt")) {
            String value = outbound.path(weak).asText("");
            if (reason == null && Set.of("sha1", "md5", "3des").contains(value)) {
                read.fault(
                        yaml.line("/channels/as2/outbound/" + weak),
                        "`%s: %s` is only sent for a reason; write it under `reason`.".formatted(weak, value));
            }
        }
        return format;
    }

    private List<PartnerCertificate> certificates(JsonNode listed, Set<Legacy> allow) {
        List<PartnerCertificate> certificates = new ArrayList<>();
        int index = 0;
        for (JsonNode each : listed) {
            String pointer = "/channels/as2/certificates/" + index++;
            Optional<LocalDate> from = day(each.path("from"), pointer + "/from");
            Optional<LocalDate> until = day(each.path("until"), pointer + "/until");
            Set<Use> use = EnumSet.noneOf(Use.class);
            each.path("use").forEach(name -> use(name).ifPresent(use::add));
            Optional<String> pem = certificate(each.path("file").asText(""), pointer + "/file", use, allow);
            if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
                read.fault(yaml.line(pointer + "/until"), "`until` is before `from`.");
            }
            if (from.isPresent() && until.isPresent() && pem.isPresent()) {
                certificates.add(new PartnerCertificate(
                        each.path("file").asText(),
                        use,
                        from.get(),
                        until.get(),
                        each.path("grace_days").asInt(0),
                        pem.get()));
            }
        }
        return certificates;
    }

    private void demand(JsonNode listed, List<PartnerCertificate> certificates, Use use, boolean needed) {
        boolean named = listed.findValues("use").stream()
                .anyMatch(uses -> uses.toString().contains('"' + use.name().toLowerCase(Locale.ROOT) + '"'));
        if (needed && !named) {
            read.fault(
                    yaml.line("/channels/as2/certificates"),
                    "No certificate is for `%s`; name the one the partner %s."
                            .formatted(
                                    use.name().toLowerCase(Locale.ROOT),
                                    use == Use.SIGN ? "signs with" : "wants to be encrypted to"));
        }
        if (needed) {
            demandOneOfToday(certificates, use);
        }
    }

    /** Only where it is asked for: time passes, and a profile that was right must not go from a hub that runs. */
    private void demandOneOfToday(List<PartnerCertificate> certificates, Use use) {
        List<PartnerCertificate> fit =
                certificates.stream().filter(each -> each.use().contains(use)).toList();
        if (today == null
                || fit.isEmpty()
                || fit.stream()
                        .anyMatch(each -> !today.isBefore(each.begins())
                                && !today.isAfter(each.ends().plusDays(each.grace(use))))) {
            return;
        }
        PartnerCertificate last = fit.get(fit.size() - 1);
        read.fault(
                yaml.line("/channels/as2/certificates"),
                "No certificate for `%s` is valid today: %s %s; add the partner's current one."
                        .formatted(
                                use.name().toLowerCase(Locale.ROOT),
                                last.file(),
                                today.isBefore(last.begins())
                                        ? "begins on " + last.begins()
                                        : "ended on " + last.ends()));
    }

    private Optional<LocalDate> day(JsonNode value, String pointer) {
        if (!value.asText("").matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            return Optional.empty(); // Said by the schema already.
        }
        try {
            return Optional.of(LocalDate.parse(value.asText()));
        } catch (DateTimeParseException e) {
            read.fault(yaml.line(pointer), "`%s` is no day of the calendar.".formatted(value.asText()));
            return Optional.empty();
        }
    }

    private static Optional<Use> use(JsonNode name) {
        return Stream.of(Use.values())
                .filter(each -> each.name().equals(name.asText().toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private Optional<String> certificate(String file, String pointer, Set<Use> use, Set<Legacy> allow) {
        Optional<byte[]> content = content(file, pointer);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(content.get()));
            weakness(certificate, use, allow)
                    .ifPresent(sentence -> read.fault(yaml.line(pointer), sentence.formatted(file)));
            return Optional.of("-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n");
        } catch (CertificateException e) {
            read.fault(
                    yaml.line(pointer),
                    "%s is no X.509 certificate in PEM or DER; ask the partner for its public certificate."
                            .formatted(file));
            return Optional.empty();
        }
    }

    private static Optional<String> weakness(X509Certificate certificate, Set<Use> use, Set<Legacy> allow) {
        if (!(certificate.getPublicKey() instanceof RSAPublicKey rsa)) {
            return use.contains(Use.ENCRYPT)
                    ? Optional.of("%s has no RSA key, and the hub encrypts to RSA keys only.")
                    : Optional.empty();
        }
        int bits = rsa.getModulus().bitLength();
        int bitsMin = allow.contains(Legacy.RSA1024) ? RSA_BITS_LEGACY : RSA_BITS_MIN;
        return bits < bitsMin
                ? Optional.of(
                        "%%s has an RSA key of %d bits, at least %d are taken; ask the partner for a stronger one%s."
                                .formatted(
                                        bits,
                                        bitsMin,
                                        bits < RSA_BITS_LEGACY ? "" : ", or allow `rsa1024` with a reason"))
                : Optional.empty();
    }

    /** Empty when there is no such file, which is a fault then, or when its folder is not at hand. */
    private Optional<byte[]> content(String file, String pointer) {
        if (!file.matches("(home:)?[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*){0,7}")) {
            return Optional.empty(); // Said by the schema already.
        }
        Path folder = file.startsWith(HOME) ? home : read.file().getParent();
        if (folder == null) {
            return Optional.empty();
        }
        Path path = folder.resolve(file.startsWith(HOME) ? file.substring(HOME.length()) : file);
        try {
            if (!Files.isRegularFile(path)) {
                read.fault(yaml.line(pointer), "The file %s is missing.".formatted(file));
                return Optional.empty();
            }
            if (Files.size(path) > FILE_BYTES_MAX) {
                read.fault(yaml.line(pointer), "%s has more than %d bytes.".formatted(file, FILE_BYTES_MAX));
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(path));
        } catch (IOException e) {
            read.fault(yaml.line(pointer), "%s cannot be read: %s".formatted(file, e.getMessage()));
            return Optional.empty();
        }
    }
}
