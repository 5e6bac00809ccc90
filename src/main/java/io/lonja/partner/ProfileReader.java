package io.lonja.partner;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.partner.Agreement.AcknowledgmentPolicy;
import io.lonja.partner.Agreement.Direction;
import io.lonja.partner.TradingPartner.DuplicatePolicy;
import io.lonja.party.CodeKind;
import io.lonja.party.Identity;
import io.lonja.party.Identity.Scheme;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one partner's folder and says everything that is wrong with it. */
final class ProfileReader {

    private static final String FILE = "partner.yaml";
    private static final String EXPECTED = "expect-within-";
    private static final List<String> ONLY_INBOUND =
            List.of("route", "interchange", "on_syntax_error", "on_problem", "tolerances");
    /** Stands in the folder of a guide for XML. */
    private static final String XML_ELEMENTS = "elements.xml";

    private static final String CUT_OFFS = "cut_offs";
    private static final String TIME_ZONE = "time_zone";
    private static final List<String> ONLY_OUTBOUND = List.of(CUT_OFFS, TIME_ZONE, "together");
    private static final String CURRENCY_WHERE_NONE_IS_SAID = "EUR";

    private final ProfileSchema schema;
    /** A guide's name, which those of its overlays go on from. */
    private static final Pattern BASE_GUIDE = Pattern.compile("[a-z0-9]+-[a-z0-9]+-[a-z0-9]+");

    private final Path schemas;
    private final @Nullable Path home;
    private final @Nullable LocalDate today;

    /** @param home the hub's data folder, for files named {@code home:…}; null where it is not at hand */
    ProfileReader(ProfileSchema schema, Path schemas, @Nullable Path home, @Nullable LocalDate today) {
        this.schema = schema;
        this.schemas = schemas;
        this.home = home;
        this.today = today;
    }

    /** A folder while it is being judged. Identities are found even in a faulty one, each with its line. */
    static final class Read {

        private final String name;
        private final Path file;
        private final Map<Identity, Integer> identities = new LinkedHashMap<>();
        private final List<Fault> faults = new ArrayList<>();
        private @Nullable PartnerProfile profile;

        private Read(Path folder) {
            this.name = folder.getFileName().toString();
            this.file = folder.resolve(FILE);
        }

        String name() {
            return name;
        }

        Path file() {
            return file;
        }

        Map<Identity, Integer> identities() {
            return identities;
        }

        List<Fault> faults() {
            return faults;
        }

        @Nullable
        PartnerProfile profile() {
            return profile;
        }

        void fault(int line, String sentence) {
            faults.add(new Fault(file, line, sentence));
        }
    }

    Read read(Path folder) {
        Read read = new Read(folder);
        if (!isPartyId(read.name())) {
            read.fault(
                    1,
                    "The folder's name `%s` is not an id: lower-case letters, digits, hyphens, at most 64."
                            .formatted(read.name()));
        }
        if (!Files.isRegularFile(read.file())) {
            read.fault(1, "The file is missing; copy partners/_template/partner.yaml.");
            return read;
        }
        LocatedYaml yaml = LocatedYaml.read(read.file());
        if (!yaml.faults().isEmpty() && yaml.tree().isEmpty()) {
            read.faults().addAll(yaml.faults());
            return read;
        }
        read.faults().addAll(yaml.faults());
        for (ProfileSchema.Misfit misfit : schema.misfits(yaml.tree())) {
            read.fault(yaml.line(misfit.pointer()), misfit.sentence());
        }
        checkId(read, yaml);
        checkIdentities(read, yaml);
        checkAgreements(read, yaml);
        checkCurrency(read, yaml);
        checkDelimiters(read, yaml, "x12_delimiters");
        checkDelimiters(read, yaml, "edifact_delimiters");
        ChannelReader channels = new ChannelReader(read, yaml, home, today);
        As2Channel as2 = channels.as2();
        SftpChannel sftp = channels.sftp();
        SortedMap<CodeKind, List<CodeRow>> codes = CodeTableReader.read(folder, read.faults());
        checkCodes(read, yaml, codes.keySet());
        if (read.faults().isEmpty()) {
            read.profile = profile(read, yaml.tree(), as2, sftp, codes);
        }
        return read;
    }

    private static boolean isPartyId(String name) {
        try {
            return new PartyId(name).value().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void checkId(Read read, LocatedYaml yaml) {
        JsonNode id = yaml.tree().path("id");
        if (id.isTextual() && !id.asText().equals(read.name())) {
            read.fault(
                    yaml.line("/id"),
                    "The id `%s` is not the folder's name `%s`; leave the key out."
                            .formatted(id.asText(), read.name()));
        }
    }

    private static void checkIdentities(Read read, LocatedYaml yaml) {
        yaml.tree().path("identities").fields().forEachRemaining(field -> {
            Scheme scheme = scheme(field.getKey());
            if (scheme == null) {
                return;
            }
            String pointer = "/identities/" + field.getKey();
            if (field.getValue().isTextual()) {
                identity(read, yaml.line(pointer), scheme, field.getValue().asText());
            }
            int index = 0;
            for (JsonNode value : field.getValue()) {
                if (value.isTextual()) {
                    identity(read, yaml.line(pointer + "/" + index), scheme, value.asText());
                }
                index++;
            }
        });
    }

    private static @Nullable Scheme scheme(String key) {
        return switch (key) {
            case "as2" -> Scheme.AS2;
            case "x12" -> Scheme.X12;
            case "edifact" -> Scheme.EDIFACT;
            case "gln" -> Scheme.GLN;
            case "duns" -> Scheme.DUNS;
            default -> null;
        };
    }

    private static void identity(Read read, int line, Scheme scheme, String text) {
        boolean qualified = scheme == Scheme.X12 || scheme == Scheme.EDIFACT;
        int slash = qualified ? text.indexOf('/') : -1;
        Identity identity = new Identity(scheme, slash < 0 ? "" : text.substring(0, slash), text.substring(slash + 1));
        if (read.identities().putIfAbsent(identity, line) != null) {
            read.fault(line, "`%s` stands here twice.".formatted(identity));
        }
    }

    private void checkAgreements(Read read, LocatedYaml yaml) {
        JsonNode agreements = yaml.tree().path("agreements");
        if (!agreements.isEmpty() && yaml.tree().path("channels").isEmpty()) {
            read.fault(
                    yaml.line("/agreements"),
                    "There are agreements, but no channel to exchange documents by; name one under `channels`.");
        }
        Set<String> seen = new HashSet<>();
        Set<String> outbound = new HashSet<>();
        Map<String, String> inbound = new HashMap<>();
        Set<Tolerances> tolerances = new HashSet<>();
        int index = 0;
        for (JsonNode agreement : agreements) {
            String pointer = "/agreements/" + index++;
            String guide = agreement.path("guide").asText("");
            boolean named = guide.matches("[a-z0-9][a-z0-9.-]{0,63}");
            if (named && !Files.isDirectory(schemas.resolve(guide))) {
                read.fault(
                        yaml.line(pointer + "/guide"),
                        "There is no guide `%s`: %s does not exist.".formatted(guide, schemas.resolve(guide)));
            }
            String key = "%s %s %s"
                    .formatted(agreement.path("document"), agreement.path("direction"), agreement.path("guide"));
            if (!seen.add(key)) {
                read.fault(yaml.line(pointer), "This agreement stands here twice.");
            }
            if (named && Files.exists(schemas.resolve(guide).resolve(XML_ELEMENTS))) {
                checkXml(read, yaml, agreement, pointer);
            } else {
                checkAcknowledgment(read, yaml, agreement, pointer);
            }
            checkOutbound(read, yaml, agreement, pointer, outbound);
            checkInbound(read, yaml, agreement, pointer, inbound);
            checkFulfilment(read, yaml, agreement, pointer, tolerances);
        }
    }

    /** Whoever sends XML is told of nothing in it, and tells us of nothing. */
    private static void checkXml(Read read, LocatedYaml yaml, JsonNode agreement, String pointer) {
        if (agreement.has("acknowledge")) {
            read.fault(
                    yaml.line(pointer + "/acknowledge"),
                    "`acknowledge` says nothing about %s: XML has no acknowledgment; leave it out."
                            .formatted(agreement.path("guide").asText()));
        }
        if (agreement.path("on_problem").asText().equals("refuse")) {
            read.fault(
                    yaml.line(pointer + "/on_problem"),
                    "`refuse` says nothing about %s: XML has no advice to tell its sender by, so problems are held; write hold or leave it out."
                            .formatted(agreement.path("guide").asText()));
        }
    }

    private static void checkAcknowledgment(Read read, LocatedYaml yaml, JsonNode agreement, String pointer) {
        String acknowledge = agreement.path("acknowledge").asText("");
        boolean outbound = agreement.path("direction").asText().equals("outbound");
        if (!acknowledge.isEmpty() && outbound != acknowledge.startsWith(EXPECTED)) {
            read.fault(
                    yaml.line(pointer + "/acknowledge"),
                    outbound
                            ? "`%s` says nothing about outbound documents; write expect-within-24h or leave it out."
                                    .formatted(acknowledge)
                            : "`%s` says nothing about inbound documents; write always or never."
                                    .formatted(acknowledge));
        }
    }

    private static void checkOutbound(
            Read read, LocatedYaml yaml, JsonNode agreement, String pointer, Set<String> outbound) {
        if (!agreement.path("direction").asText().equals("outbound")) {
            return;
        }
        checkCutOffs(read, yaml, agreement, pointer);
        String document = agreement.path("document").asText();
        if (!outbound.add(document)) {
            read.fault(
                    yaml.line(pointer),
                    "There are two outbound agreements for %s; the hub would not know which guide to write."
                            .formatted(document));
        }
        for (String key : ONLY_INBOUND) {
            if (agreement.has(key)) {
                read.fault(
                        yaml.line(pointer + "/" + key),
                        "`%s` says nothing about outbound documents; leave it out.".formatted(key));
            }
        }
    }

    private static void checkCutOffs(Read read, LocatedYaml yaml, JsonNode agreement, String pointer) {
        String zone = agreement.path(TIME_ZONE).asText("");
        if (!zone.isEmpty() && !agreement.has(CUT_OFFS)) {
            read.fault(
                    yaml.line(pointer + "/" + TIME_ZONE),
                    "`time_zone` says of which clock the cut-offs are, and there are none; write `cut_offs` or leave it out.");
        }
        if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
            read.fault(
                    yaml.line(pointer + "/" + TIME_ZONE),
                    "There is no time zone `%s`; write a name of the IANA database such as Europe/Madrid."
                            .formatted(zone));
        }
    }

    private static @Nullable CutOffs cutOffs(JsonNode agreement) {
        List<LocalTime> times = new ArrayList<>();
        agreement.path(CUT_OFFS).forEach(time -> times.add(LocalTime.parse(time.asText())));
        return times.isEmpty()
                ? null
                : new CutOffs(times, ZoneId.of(agreement.path(TIME_ZONE).asText("UTC")));
    }

    /** Of a guide and the overlays on it, one judges what a partner sends. */
    private static void checkInbound(
            Read read, LocatedYaml yaml, JsonNode agreement, String pointer, Map<String, String> inbound) {
        if (agreement.path("direction").asText().equals("inbound")) {
            ONLY_OUTBOUND.stream()
                    .filter(agreement::has)
                    .forEach(key -> read.fault(
                            yaml.line(pointer + "/" + key),
                            "`%s` says nothing about inbound documents; leave it out.".formatted(key)));
        }
        String guide = agreement.path("guide").asText("");
        Matcher base = BASE_GUIDE.matcher(guide);
        if (!agreement.path("direction").asText().equals("inbound") || !base.lookingAt()) {
            return;
        }
        String other = inbound.putIfAbsent(agreement.path("document").asText() + " " + base.group(), guide);
        if (other != null && !other.equals(guide)) {
            read.fault(
                    yaml.line(pointer + "/guide"),
                    "There are two inbound agreements on %s for %s, `%s` and `%s`; the hub would not know which judges it."
                            .formatted(base.group(), agreement.path("document").asText(), other, guide));
        }
    }

    /** Nothing can have a row in a table that is not there. */
    private static void checkCodes(Read read, LocatedYaml yaml, Set<CodeKind> tables) {
        int index = 0;
        for (JsonNode agreement : yaml.tree().path("agreements")) {
            String pointer = "/agreements/" + index++ + "/codes";
            for (JsonNode named : agreement.path("codes")) {
                CodeKind.named(named.asText())
                        .filter(kind -> !tables.contains(kind))
                        .ifPresent(kind -> read.fault(
                                yaml.line(pointer),
                                "`codes` demands %s, but the file %s/%s.csv is missing; it begins with the line %s."
                                        .formatted(
                                                kind.wireName(),
                                                CodeTableReader.FOLDER,
                                                kind.wireName(),
                                                CodeTableReader.HEADER)));
            }
        }
    }

    /** Invoices are held against orders whatever guide they came in. */
    private static void checkFulfilment(
            Read read, LocatedYaml yaml, JsonNode agreement, String pointer, Set<Tolerances> tolerances) {
        String document = agreement.path("document").asText();
        if (agreement.has("complete_within") && !document.equals("purchase-order")) {
            read.fault(
                    yaml.line(pointer + "/complete_within"),
                    "`complete_within` says nothing about a document of kind %s; write it at purchase-order."
                            .formatted(document));
        }
        if (!agreement.has("tolerances")) {
            return;
        }
        if (!document.equals("invoice")) {
            read.fault(
                    yaml.line(pointer + "/tolerances"),
                    "`tolerances` says nothing about a document of kind %s; write it at invoice.".formatted(document));
            return;
        }
        Tolerances said = tolerances(agreement.path("tolerances"));
        if (said != null) {
            tolerances.add(said);
        }
        if (tolerances.size() > 1) {
            read.fault(
                    yaml.line(pointer + "/tolerances"),
                    "There are two different `tolerances` for invoices; the hub would not know which holds.");
        }
    }

    private static @Nullable Tolerances tolerances(JsonNode said) {
        try {
            return said.isObject()
                    ? new Tolerances(
                            tolerance(said, "price"),
                            tolerance(said, "quantity"),
                            tolerance(said, "tax"),
                            tolerance(said, "freight"))
                    : null;
        } catch (IllegalArgumentException e) {
            return null; // Said by the schema already.
        }
    }

    private static Tolerance tolerance(JsonNode said, String key) {
        return Tolerance.of(said.path(key).asText("0"));
    }

    private static void checkCurrency(Read read, LocatedYaml yaml) {
        String code = yaml.tree().path("currency").asText("");
        if (code.matches("[A-Z]{3}")
                && Currency.getAvailableCurrencies().stream()
                        .noneMatch(currency ->
                                currency.getCurrencyCode().equals(code) && currency.getDefaultFractionDigits() >= 0)) {
            read.fault(yaml.line("/currency"), "`%s` is not an ISO 4217 currency.".formatted(code));
        }
    }

    private static void checkDelimiters(Read read, LocatedYaml yaml, String key) {
        String delimiters = yaml.tree().path("edi").path(key).asText("");
        if (delimiters.chars().distinct().count() < delimiters.length()) {
            read.fault(
                    yaml.line("/edi/" + key),
                    "Of the delimiters `%s` two are the same; each separates something else.".formatted(delimiters));
        }
    }

    private static @Nullable WireForm wire(JsonNode edi) {
        WireForm said = new WireForm(
                edi.path("reading").asText().equals("strict"),
                text(edi, "x12_character_set", "UTF-8"),
                text(edi, "x12_delimiters", ""),
                text(edi, "edifact_delimiters", ""),
                text(edi, "edifact_syntax", ""));
        return said.equals(WireForm.USUAL) ? null : said;
    }

    private static @Nullable String text(JsonNode edi, String key, String usual) {
        String said = edi.path(key).asText(usual);
        return said.equals(usual) ? null : said;
    }

    private static PartnerProfile profile(
            Read read,
            JsonNode tree,
            @Nullable As2Channel as2,
            @Nullable SftpChannel sftp,
            SortedMap<CodeKind, List<CodeRow>> codes) {
        List<Role> roles = new ArrayList<>();
        tree.path("roles").forEach(role -> roles.add(Role.valueOf(role.asText().toUpperCase(Locale.ROOT))));
        roles.sort(Comparator.naturalOrder());
        List<Agreement> agreements = new ArrayList<>();
        for (JsonNode agreement : tree.path("agreements")) {
            String acknowledge = agreement.path("acknowledge").asText("always");
            agreements.add(new Agreement(
                    agreement.path("document").asText(),
                    Direction.valueOf(agreement.path("direction").asText().toUpperCase(Locale.ROOT)),
                    agreement.path("guide").asText(),
                    acknowledge.equals("never") ? AcknowledgmentPolicy.NEVER : AcknowledgmentPolicy.ALWAYS,
                    acknowledge.startsWith(EXPECTED)
                            ? JourneyReader.duration(acknowledge.substring(EXPECTED.length()))
                                    .orElse(null)
                            : null,
                    agreement.has("route")
                            ? Agreement.Route.valueOf(
                                    agreement.path("route").asText().toUpperCase(Locale.ROOT))
                            : null,
                    agreement.path("interchange").asText().equals("kept"),
                    agreement.path("on_syntax_error").asText().equals("interchange"),
                    agreement.path("on_problem").asText().equals("refuse"),
                    codes(agreement),
                    JourneyReader.duration(agreement.path("complete_within").asText(""))
                            .orElse(null),
                    tolerances(agreement.path("tolerances")),
                    cutOffs(agreement),
                    agreement.path("together").asInt(0)));
        }
        agreements.sort(Comparator.comparing(Agreement::guide)
                .thenComparing(Agreement::document)
                .thenComparing(Agreement::direction));
        List<String> channels = new ArrayList<>();
        tree.path("channels").fieldNames().forEachRemaining(channels::add);
        channels.sort(Comparator.naturalOrder());
        return new PartnerProfile(
                tree.path("name").asText(),
                roles,
                read.identities().keySet().stream()
                        .sorted(Comparator.comparing(Identity::toString))
                        .toList(),
                agreements,
                Currency.getInstance(tree.path("currency").asText(CURRENCY_WHERE_NONE_IS_SAID)),
                tree.path("duplicate_interchange").asText("ta1").equals("silence")
                        ? DuplicatePolicy.SILENCE
                        : DuplicatePolicy.TA1,
                tree.path("request_interchange_acknowledgment").asBoolean(false),
                tree.path("functional_acknowledgment").asText().equals("999"),
                JourneyReader.duration(tree.path("duplicate_window").asText("")).orElse(null),
                tree.path("control_numbers").asText().equals("sequential"),
                wire(tree.path("edi")),
                channels,
                tree.path("channels").path("https").path("client").asText(read.name()),
                as2,
                sftp,
                codes);
    }

    private static List<CodeKind> codes(JsonNode agreement) {
        List<CodeKind> kinds = new ArrayList<>();
        agreement.path("codes").forEach(kind -> CodeKind.named(kind.asText()).ifPresent(kinds::add));
        return kinds;
    }
}
