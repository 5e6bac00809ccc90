package io.lonja.partner;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.partner.As2Channel.Basic;
import io.lonja.partner.As2Channel.Journey;
import io.lonja.partner.As2Channel.MdnHosts;
import io.lonja.partner.As2Channel.MdnMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how AS2 messages travel to the partner, and where its MDNs may go. */
final class JourneyReader {

    private static final String OUTBOUND = "/channels/as2/outbound";
    private static final String INBOUND = "/channels/as2/inbound";
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([smhd])");
    private static final Pattern HOST = Pattern.compile("(?<host>\\[[^\\]]*\\]|[^:]+)(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern DOTTED_QUAD = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final int PORT_MAX = 65_535;

    private final ProfileReader.Read read;
    private final LocatedYaml yaml;
    private final @Nullable Path home;
    private final BiFunction<String, String, Optional<String>> certificate;

    /** @param certificate the PEM of a file, by its name and the pointer to where it is named */
    JourneyReader(
            ProfileReader.Read read,
            LocatedYaml yaml,
            @Nullable Path home,
            BiFunction<String, String, Optional<String>> certificate) {
        this.read = read;
        this.yaml = yaml;
        this.home = home;
        this.certificate = certificate;
    }

    Journey journey(JsonNode outbound) {
        String url = outbound.path("url").asText();
        String mode = outbound.path("mdn").asText("sync-signed");
        MdnMode mdn = Stream.of(MdnMode.values())
                .filter(each ->
                        each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(mode))
                .findFirst()
                .orElse(MdnMode.SYNC_SIGNED); // Said by the schema already.
        for (String key : List.of("mdn_within", "attempts")) {
            if (outbound.has(key) && !mdn.asynchronous()) {
                fault(
                        OUTBOUND + "/" + key,
                        "Only an asynchronous MDN can be overdue; leave `%s` out or write `mdn: async-signed`."
                                .formatted(key));
            }
        }
        List<Duration> retry = new ArrayList<>();
        outbound.path("retry").forEach(pause -> duration(pause).ifPresent(retry::add));
        return new Journey(
                url,
                mdn,
                duration(outbound.path("mdn_within")).orElse(Journey.MDN_WITHIN),
                retry.isEmpty() ? Journey.RETRY : retry,
                outbound.path("attempts").asInt(Journey.ATTEMPTS),
                outbound.path("chunked").asBoolean(false),
                basic(outbound.path("basic")),
                clientCertificate(outbound, url),
                trust(outbound, url),
                outbound.has("proxy") ? outbound.path("proxy").asText() : null);
    }

    /** Null when the profile lists none. */
    @Nullable
    MdnHosts mdnHosts(JsonNode inbound) {
        boolean privateToo = inbound.path("mdn_private").asBoolean(false);
        if (privateToo && !inbound.has("reason")) {
            fault(
                    INBOUND + "/mdn_private",
                    "MDNs only go into a private network for a reason; write it under `reason`.");
        }
        if (privateToo && inbound.path("mdn_hosts").isEmpty()) {
            fault(INBOUND + "/mdn_private", "`mdn_private` says nothing without `mdn_hosts`; leave it out.");
        }
        List<String> listed = new ArrayList<>();
        for (JsonNode each : inbound.path("mdn_hosts")) {
            String host = each.asText().toLowerCase(Locale.ROOT);
            wrongHost(host, privateToo)
                    .ifPresentOrElse(sentence -> fault(INBOUND + "/mdn_hosts", sentence), () -> listed.add(host));
        }
        return inbound.path("mdn_hosts").isEmpty() ? null : new MdnHosts(listed, privateToo);
    }

    private static Optional<String> wrongHost(String listed, boolean privateToo) {
        Matcher parts = HOST.matcher(listed);
        if (!parts.matches()) {
            return Optional.empty(); // Said by the schema already.
        }
        String port = parts.group("port");
        if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > PORT_MAX)) {
            return Optional.of("`%s` names no port from 1 to %d.".formatted(listed, PORT_MAX));
        }
        String host = parts.group("host");
        boolean literal = host.startsWith("[") || DOTTED_QUAD.matcher(host).matches();
        String lastLabel = host.substring(host.lastIndexOf('.') + 1);
        if (!literal && (!lastLabel.matches(".*[a-z].*") || lastLabel.startsWith("0x"))) {
            return Optional.of(
                    "`%s` is no name and no address in its usual form, such as as2.acme.example, 198.51.100.7 or [2001:db8::7]."
                            .formatted(listed));
        }
        if (!literal) {
            return Optional.empty();
        }
        try {
            Reach reach = Reach.of(InetAddress.getByName(host)); // A literal is not looked up.
            return reach == Reach.PUBLIC || reach == Reach.PRIVATE && privateToo
                    ? Optional.empty()
                    : Optional.of(
                            reach == Reach.PRIVATE
                                    ? "`%s` is an address of a private network; write `mdn_private: true` with a `reason` if it is meant."
                                            .formatted(listed)
                                    : "`%s` is an address that no MDN can go to.".formatted(listed));
        } catch (UnknownHostException e) {
            return Optional.of("`%s` is no internet address.".formatted(listed));
        }
    }

    private @Nullable Basic basic(JsonNode basic) {
        if (!basic.isObject()) {
            return null;
        }
        String password = basic.path("password").asText();
        if (home != null && Secrets.in(home).find(password).isEmpty()) {
            fault(
                    OUTBOUND + "/basic",
                    "There is no secret `%s`; write it to home:secrets/%s (mode 0600) or set the environment variable %1$s."
                            .formatted(password, password));
        }
        return new Basic(basic.path("user").asText(), password);
    }

    private @Nullable String clientCertificate(JsonNode outbound, String url) {
        if (!outbound.has("client_certificate")) {
            return null;
        }
        onlyOverTls("client_certificate", url);
        String name = outbound.path("client_certificate").asText();
        for (String suffix : List.of(".key.pem", ".certificate.pem")) {
            if (home != null && !Files.isRegularFile(home.resolve("keys").resolve(name + suffix))) {
                fault(OUTBOUND + "/client_certificate", "The file home:keys/%s%s is missing.".formatted(name, suffix));
            }
        }
        return name;
    }

    private @Nullable String trust(JsonNode outbound, String url) {
        if (!outbound.has("trust")) {
            return null;
        }
        onlyOverTls("trust", url);
        return certificate
                .apply(outbound.path("trust").asText(), OUTBOUND + "/trust")
                .orElse(null);
    }

    private void onlyOverTls(String key, String url) {
        if (!url.startsWith("https://")) {
            fault(OUTBOUND + "/" + key, "`%s` says nothing about an address without TLS; leave it out.".formatted(key));
        }
    }

    private static Optional<Duration> duration(JsonNode text) {
        return duration(text.asText(""));
    }

    /** {@code 24h}: a number with s, m, h or d; empty for any other text. */
    static Optional<Duration> duration(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            return Optional.empty(); // Said by the schema already.
        }
        long number = Long.parseLong(duration.group(1));
        return Optional.of(
                switch (duration.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    private void fault(String pointer, String sentence) {
        read.fault(yaml.line(pointer), sentence);
    }
}
