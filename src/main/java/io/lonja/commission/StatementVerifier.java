package io.lonja.commission;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.archive.ArchiveRef;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Entry;
import io.lonja.archive.Sha256;
import io.lonja.archive.TreeHead;
import io.lonja.commission.StatementContent.Close;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentCodes;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentRelease;
import io.lonja.document.GuideVersion;
import io.lonja.document.MappedInterchange;
import io.lonja.document.PricedDocument;
import io.lonja.document.RegisteredDocument;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a statement's bundle offline, from the bytes that were sent to the last figure: nothing of the hub's database
 * and nothing of its ledger is used. It knows no EDI itself; it asks a {@link WireReader}.
 */
public final class StatementVerifier {

    /** The attribute in which a receipt keeps whose client sent it. */
    private static final String SENDER = "partner";

    private static final String GUIDES = "guides/";

    private final WireReader wire;
    private final Path guides;
    private final SortedSet<String> versions;
    private final BundleFiles bundle;
    private final List<String> checked = new ArrayList<>();
    private final List<String> notProved = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final List<CommissionAgreement> agreements = new ArrayList<>();
    private final List<CountedLine> lines = new ArrayList<>();
    private final DocumentFates fates = new DocumentFates();
    private final Map<String, Held> held = new HashMap<>();
    private Map<String, String> heldBecause = new HashMap<>();
    private ClosedGroupOrders groupOrders = new ClosedGroupOrders(new TreeMap<>());

    /** A document that does not count by the fact that it was concluded in, and may by a release. */
    private record Held(
            MappedInterchange mapped, MappedInterchange.Outcome outcome, PricedDocument content, PartyId buyer) {}

    private StatementVerifier(WireReader wire, Path guides, BundleFiles bundle) {
        this.wire = wire;
        this.guides = guides;
        this.bundle = bundle;
        this.versions = bundle.foldersBelow(GUIDES);
    }

    /**
     * Checks the bundle.
     *
     * @param mine a folder with the files that I sent, or null: each document in them that falls into the period must
     *     be in the bundle
     * @param key SHA-256 of the key that the hub signs with, as the hub told it elsewhere; null to take the bundle's
     * @param workFolder an empty folder for the guides of the bundle
     * @throws IllegalArgumentException when this is no statement bundle at all
     */
    public static Verification verify(
            Path zip, @Nullable Path mine, @Nullable Sha256 key, Path workFolder, WireReader wire) throws IOException {
        BundleFiles bundle = BundleFiles.open(zip);
        StatementVerifier verifier = new StatementVerifier(wire, bundle.extract(GUIDES, workFolder), bundle);
        try {
            verifier.run(mine, key);
        } catch (RuntimeException e) { // Whatever somebody put into a bundle is no reason to fall over.
            verifier.findings.add("The bundle holds something that cannot be read: " + e.getMessage());
        }
        return new Verification(
                List.copyOf(verifier.checked), List.copyOf(verifier.notProved), List.copyOf(verifier.findings));
    }

    private void run(@Nullable Path mine, @Nullable Sha256 key) throws IOException {
        bundle.digestFindings().forEach(findings::add);
        note("%d files have the digests of the manifest", bundle.files().size());
        JsonNode statement = bundle.json("statement.json");
        PartyId supplier = new PartyId(statement.required("supplier").asText());
        List<Close> closes = closes(statement);
        TreeHead head = signedHead(statement, closes, key);
        SortedMap<Long, Entry> entries = proved(head);
        decisions(supplier, closes, entries);
        groupOrders = ClosedGroupOrders.in(bundle, entries);
        notProved.addAll(groupOrders.notProved());
        documents(supplier, closes, entries);
        recount(supplier, closes, statement, entries);
        if (mine != null) {
            new SentDocuments(wire, guides, versions, fates, checked, notProved, findings).allIn(mine, closes);
        } else {
            notProved.add("Not proved: that nothing is missing; use --mine with the files you sent.");
        }
    }

    private List<Close> closes(JsonNode statement) {
        List<Close> closes = new ArrayList<>();
        for (JsonNode close : statement.required("closes")) {
            closes.add(new Close(
                    Long.parseLong(close.required("statement").asText()),
                    YearMonth.parse(close.required("period").asText())));
        }
        if (closes.isEmpty()) {
            throw new IllegalArgumentException("the statement closes no period");
        }
        return closes;
    }

    private TreeHead signedHead(JsonNode statement, List<Close> closes, @Nullable Sha256 pinned) {
        JsonNode json = bundle.json("tree-head.json");
        TreeHead head = head(json);
        byte[] key = bundle.bytes("hub-public-key.der");
        check(
                TreeHeadSigner.verifies(
                        head, BundleFiles.hex(json.required("signature").asText()), key),
                "the tree head of %d entries is signed by the key %s".formatted(head.size(), Sha256.of(key)),
                "The signature of the tree head does not fit the hub's public key.");
        if (pinned == null) {
            notProved.add(
                    "The key came with the bundle; compare its fingerprint %s with the one the hub's operator gave you, or use --key."
                            .formatted(Sha256.of(key)));
        } else {
            check(
                    Sha256.of(key).equals(pinned),
                    "the key is the one whose fingerprint was given",
                    "The tree head is signed by the key %s, not by %s.".formatted(Sha256.of(key), pinned));
        }
        TreeHead stated = head(statement.required("treeHead"));
        long decision = closes.get(closes.size() - 1).statement();
        if (stated.size() != decision || head.size() < decision) {
            findings.add(
                    "The statement was closed by entry %d, but its tree head covers %d entries and the signed one %d."
                            .formatted(decision, stated.size(), head.size()));
        }
        JsonNode since = json.required("since");
        check(
                BundleFiles.consistency(stated.size(), head.size(), since.required("path"))
                        .holds(stated, head),
                "the archive only grew since the statement was made",
                "The tree head of the statement is not the beginning of the signed one: history was rewritten.");
        return head;
    }

    private static TreeHead head(JsonNode json) {
        return new TreeHead(
                json.required("size").asLong(),
                Sha256.fromHex(json.required("root").asText()));
    }

    /** Every interchange and fact has an entry, and every entry stands in the signed tree. */
    private SortedMap<Long, Entry> proved(TreeHead head) {
        SortedMap<Long, Entry> entries = new TreeMap<>();
        Set<String> named = new HashSet<>();
        for (JsonNode json : bundle.json("entries.json")) {
            Entry entry = Entry.fromHeaderBytes(
                    BundleFiles.hex(json.required("header").asText()));
            long sequence = entry.id().sequence();
            String file = (entry.type().kind() == io.lonja.archive.EntryType.Kind.EVIDENCE
                            ? "interchanges/%d.edi"
                            : "facts/%d.json")
                    .formatted(sequence);
            if (!BundleFiles.inclusion(entry.id(), head.size(), json.required("path"))
                    .leadsTo(head, entry)) {
                findings.add("Entry %d is not proved by the signed tree head.".formatted(sequence));
            }
            byte @Nullable [] payload = bundle.files().get(file);
            if (payload == null) {
                findings.add("The bundle lacks %s.".formatted(file));
            } else if (!Sha256.of(payload).equals(entry.payloadDigest())) {
                findings.add("%s is not what was archived as entry %d.".formatted(file, sequence));
            } else {
                entries.put(sequence, entry);
            }
            named.add(file);
        }
        bundle.files().keySet().stream()
                .filter(file ->
                        (file.startsWith("interchanges/") || file.startsWith("facts/")) && !named.contains(file))
                .forEach(file -> findings.add("%s has no entry and no proof.".formatted(file)));
        note("%d archived entries stand in the signed tree", entries.size());
        return entries;
    }

    /** Agreements in the order they were made, those that overlapped an earlier one left out; closes as stated. */
    private void decisions(PartyId supplier, List<Close> closes, SortedMap<Long, Entry> entries) {
        entries.forEach((sequence, entry) -> {
            if (entry.type().equals(CommissionDecisions.AGREEMENT)) {
                CommissionTerms terms = CommissionCommands.terms(fact(sequence));
                boolean stands = agreements.stream()
                        .noneMatch(agreement -> agreement.terms().overlaps(terms));
                if (terms.supplier().equals(supplier) && stands) {
                    agreements.add(new CommissionAgreement(entry.id(), terms, entry.arrivedAt()));
                }
            }
        });
        for (Close close : closes) {
            Entry entry = entries.get(close.statement());
            if (entry == null || !entry.type().equals(CommissionDecisions.STATEMENT)) {
                findings.add("The decision %d that closed %s is not in the bundle."
                        .formatted(close.statement(), close.period()));
                continue;
            }
            JsonNode decision = fact(close.statement());
            if (!decision.required("supplier").asText().equals(supplier.value())
                    || !decision.required("period")
                            .asText()
                            .equals(close.period().toString())) {
                findings.add("The decision %d did not close %s for %s."
                        .formatted(close.statement(), close.period(), supplier));
            }
        }
    }

    private JsonNode fact(long sequence) {
        return bundle.json(String.format(Locale.ROOT, "facts/%d.json", sequence));
    }

    /** Reads every interchange again and holds what it says against what was concluded then. */
    private void documents(PartyId supplier, List<Close> closes, SortedMap<Long, Entry> entries) {
        heldBecause = HeldDocuments.in(bundle);
        int[] read = {0};
        entries.headMap(closes.get(closes.size() - 1).statement()).forEach((sequence, entry) -> {
            if (entry.type().equals(MappedInterchange.MAPPED)) {
                MappedInterchange mapped = CanonicalJson.read(
                        bundle.bytes(String.format(Locale.ROOT, "facts/%d.json", sequence)), MappedInterchange.class);
                for (MappedInterchange.Outcome outcome : mapped.documents()) {
                    read[0] += document(
                                    supplier,
                                    entry,
                                    mapped,
                                    outcome,
                                    entries.get(mapped.receipt().sequence()))
                            ? 1
                            : 0;
                }
            } else if (entry.type().equals(DocumentRelease.RELEASED)) {
                release(supplier, entry);
            }
        });
        note("%d documents, read again from the interchanges, say what was concluded from them", read[0]);
        heldBecause
                .keySet()
                .forEach(place -> findings.add(
                        "%s says that document %s was held, which the facts of the bundle do not hold as one that could count."
                                .formatted(HeldDocuments.FILE, place)));
        if (!held.isEmpty()) {
            notProved.add(
                    "Not proved: that the %d documents which the hub says are held should not count; --mine names those of yours, and why."
                            .formatted(held.size()));
        }
    }

    private boolean document(
            PartyId supplier,
            Entry fact,
            MappedInterchange mapped,
            MappedInterchange.Outcome outcome,
            @Nullable Entry receipt) { // Null when it is not proved, which is a finding already.
        PartyId buyer = outcome.buyer();
        if (!(outcome.content() instanceof PricedDocument content)
                || outcome.test()
                || !supplier.equals(outcome.seller())
                || !CountedLine.counts(content)) {
            return false;
        }
        if (!outcome.problems().isEmpty()) {
            fates.setAside(content, outcome.problems().get(0).code());
            return false;
        }
        if (buyer == null) {
            return false;
        }
        byte @Nullable [] payload = bundle.files().get("interchanges/%s.edi".formatted(mapped.receipt()));
        if (payload == null) {
            findings.add("The interchange %s of %s is not in the bundle.".formatted(mapped.receipt(), content.title()));
            return false;
        }
        if (receipt != null
                && !outcome.sender().value().equals(receipt.attributes().get(SENDER))) {
            findings.add("%s is said to come from %s, but the interchange %s came from %s."
                    .formatted(
                            content.title(),
                            outcome.sender(),
                            mapped.receipt(),
                            receipt.attributes().get(SENDER)));
        }
        compare(outcome, content, payload);
        Held document = new Held(mapped, outcome, content, buyer);
        String id = RegisteredDocument.idOf(mapped.receipt(), outcome.ordinal());
        String because = heldBecause.remove(HeldDocuments.place(fact.id(), id));
        if (because == null) {
            held.remove(id); // It may have been mapped again.
            count(supplier, fact, document);
        } else {
            held.put(id, document);
            fates.setAside(content, because);
        }
        return true;
    }

    /** From the release on it counts, as if it had come then. */
    private void release(PartyId supplier, Entry entry) {
        DocumentRelease release =
                CanonicalJson.read(bundle.bytes("facts/%s.json".formatted(entry.id())), DocumentRelease.class);
        Held document = held.remove(release.document());
        if (document == null) {
            findings.add("Entry %s releases document %s, which the bundle does not hold as one that was held before."
                    .formatted(entry.id(), release.document()));
        } else {
            count(supplier, entry, document);
        }
    }

    private void count(PartyId supplier, Entry fact, Held document) {
        PricedDocument content = document.content();
        MappedInterchange.Outcome outcome = document.outcome();
        if (!fates.count(content)) {
            return;
        }
        DocumentAccepted event = new DocumentAccepted(
                content,
                document.buyer(),
                supplier,
                new DocumentRef(
                        outcome.sender(),
                        content.type(),
                        content.number(),
                        new ArchiveRef(document.mapped().receipt(), outcome.bytes())),
                fact.id(),
                outcome.ordinal(),
                fact.arrivedAt());
        lines.addAll(CommissionBase.of(event, groupOrders.sharing(fact, content, document.buyer(), supplier)));
    }

    private void compare(MappedInterchange.Outcome outcome, PricedDocument content, byte[] payload) {
        WireReader.Found found = wire
                .read(
                        payload,
                        guides.resolve(GuideVersion.folder(outcome.guideDigest(), outcome.mappingDigest())),
                        content.currency())
                .stream()
                .filter(document -> document.bytes().equals(outcome.bytes()))
                .findFirst()
                .orElse(null);
        if (found == null || found.document() == null) {
            findings.add("The interchange does not hold %s where it should.".formatted(content.title()));
        } else if (!found.guideDigest().equals(outcome.guideDigest())
                || !found.mappingDigest().equals(outcome.mappingDigest())) {
            findings.add("%s was read by another version of guide %s than the one in the bundle."
                    .formatted(content.title(), outcome.guide()));
        } else if (!Arrays.equals(
                CanonicalJson.of(DocumentCodes.replaced(found.document(), outcome.codes())),
                CanonicalJson.of(content))) {
            findings.add("%s does not say on the wire what was concluded from it.".formatted(content.title()));
        }
    }

    private void recount(PartyId supplier, List<Close> closes, JsonNode statement, SortedMap<Long, Entry> entries) {
        Close close = closes.get(closes.size() - 1);
        Entry decision = entries.get(close.statement());
        if (decision == null) {
            return; // Said already.
        }
        Recount recount = new Recount(agreements, lines);
        List<StatedLine> stated = recount.stated(closes);
        byte[] expected = new StatementContent(
                        supplier,
                        decision.arrivedAt(),
                        head(statement.required("treeHead")),
                        closes,
                        recount.named(stated),
                        stated,
                        recount.unmatched(close))
                .json();
        check(
                Arrays.equals(expected, bundle.bytes("statement.json")),
                "%d commission lines and all totals, computed again, are those of the statement to the byte"
                        .formatted(stated.size()),
                "The statement is not what its documents come to: " + difference(expected, statement));
    }

    private static String difference(byte[] expected, JsonNode statement) {
        JsonNode computed = CommissionCommands.tree(expected);
        for (String part : List.of("totals", "agreements", "unmatchedCredits")) {
            if (!computed.path(part).equals(statement.path(part))) {
                return "%s are %s, computed %s.".formatted(part, statement.path(part), computed.path(part));
            }
        }
        for (int i = 0;
                i
                        < Math.max(
                                computed.path("lines").size(),
                                statement.path("lines").size());
                i++) {
            JsonNode line = statement.path("lines").path(i);
            if (!computed.path("lines").path(i).equals(line)) {
                return "line %d is %s, computed %s."
                        .formatted(i + 1, line, computed.path("lines").path(i));
            }
        }
        return "its head differs.";
    }

    private void check(boolean holds, String yes, String no) {
        if (holds) {
            checked.add(yes.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + yes.substring(1) + ".");
        } else {
            findings.add(no);
        }
    }

    private void note(String sentence, int count) {
        checked.add(sentence.formatted(count) + ".");
    }
}
