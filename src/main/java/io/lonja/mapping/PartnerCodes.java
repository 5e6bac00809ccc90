package io.lonja.mapping;

import io.lonja.archive.ByteRange;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentCodes;
import io.lonja.document.DocumentCodes.Named;
import io.lonja.document.MappingProblem;
import io.lonja.edi.Segment;
import io.lonja.edi.TransactionSet;
import io.lonja.partner.TradingPartner;
import io.lonja.party.CodeKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What codes of a document are called on the other side, by the tables of a partner's folder and the day of the document. Of
 * several codes that name one thing, one that has a row is enough.
 *
 * @param demanded kinds in which every thing must have a row
 */
record PartnerCodes(TradingPartner partner, List<CodeKind> demanded) {

    static final String MISSING = "code-missing";
    private static final int TOLD_MAX = 20;

    /**
     * What the tables say about a document.
     *
     * @param rows a code of the document, and what it is called on the other side; the same where it is called so already
     * @param missing each thing of a demanded kind that has no row, once
     */
    private record LookedUp(SortedMap<CodeKind, SortedMap<String, String>> rows, List<Named> missing) {}

    private interface Rows {
        Optional<String> find(CodeKind kind, String code, LocalDate day);
    }

    /** What the partner sent, in our words; each missing code is a problem of it. */
    Mapped inbound(Mapped mapped, TransactionSet set) {
        BusinessDocument content = mapped.content();
        if (content == null || nothingToDo()) {
            return mapped;
        }
        LookedUp found = lookUp(content, partner.codes()::ours);
        SortedMap<CodeKind, SortedMap<String, String>> changed = new TreeMap<>();
        found.rows()
                .forEach((kind, codes) -> codes.forEach((theirs, ours) -> {
                    if (!ours.equals(theirs)) {
                        changed.computeIfAbsent(kind, each -> new TreeMap<>()).put(theirs, ours);
                    }
                }));
        List<MappingProblem> problems = Stream.concat(
                        mapped.problems().stream(),
                        found.missing().stream().map(missing -> problem(missing, content.date(), set)))
                .limit(Problems.PROBLEMS_MAX)
                .toList();
        return new Mapped(mapped.type(), DocumentCodes.replaced(content, changed), problems, changed);
    }

    /**
     * What is written for the partner, in its words, but for units and taxes: the templates ask for these by {@code own}.
     *
     * @param rows what the partner calls the codes of the document
     */
    record Outbound(BusinessDocument document, SortedMap<CodeKind, SortedMap<String, String>> rows) {}

    /** @throws UnwritableDocumentException when a demanded code has no row */
    Outbound outbound(BusinessDocument document) {
        if (nothingToDo()) {
            return new Outbound(document, new TreeMap<>());
        }
        LookedUp found = lookUp(document, partner.codes()::theirs);
        if (!found.missing().isEmpty()) {
            throw new UnwritableDocumentException(told(found.missing(), document.date()));
        }
        SortedMap<CodeKind, SortedMap<String, String>> bySchemes = new TreeMap<>(found.rows());
        bySchemes.keySet().removeIf(kind -> !kind.hasScheme());
        return new Outbound(DocumentCodes.replaced(document, bySchemes), found.rows());
    }

    /** All at once, for an alarm keeps the sentence that it was opened with. */
    private String told(List<Named> missing, LocalDate day) {
        Named first = missing.get(0);
        String others = missing.stream()
                .skip(1)
                .limit(TOLD_MAX)
                .map(each -> "%s: %s".formatted(each.field(), spoken(each)))
                .collect(Collectors.joining(", "));
        int more = missing.size() - 1 - TOLD_MAX;
        return "%s: %s has no row in %s that holds on %s; add one with %s under `ours`%s"
                .formatted(
                        first.field(),
                        spoken(first),
                        file(first.kind()),
                        day,
                        first.codes().size() == 1 ? "it" : "one of them",
                        (others.isEmpty() ? "" : "; so it is with " + others)
                                + (more > 0 ? " and %d more".formatted(more) : ""));
    }

    private boolean nothingToDo() {
        return partner.codes().isEmpty() && demanded.isEmpty();
    }

    private LookedUp lookUp(BusinessDocument document, Rows table) {
        SortedMap<CodeKind, SortedMap<String, String>> rows = new TreeMap<>();
        List<Named> missing = new ArrayList<>();
        Set<Object> told = new HashSet<>();
        for (Named named : DocumentCodes.in(document)) {
            boolean known = false;
            for (String code : named.codes()) {
                Optional<String> other = table.find(named.kind(), code, document.date());
                other.ifPresent(called -> rows.computeIfAbsent(named.kind(), kind -> new TreeMap<>())
                        .put(code, called));
                known |= other.isPresent();
            }
            if (!known && demanded.contains(named.kind()) && told.add(List.of(named.kind(), named.codes()))) {
                missing.add(named);
            }
        }
        return new LookedUp(rows, missing);
    }

    /** What stands before the semicolon is told to a sender whose documents are refused. */
    private MappingProblem problem(Named missing, LocalDate day, TransactionSet set) {
        Segment at = segment(set, missing.wire());
        return MappingProblem.of(
                MISSING,
                "%s (segment %d): %s has %s, of which no code is agreed for %s; add a row with %s under `theirs` to %s and replay the interchange."
                        .formatted(
                                at.id(),
                                at.position(),
                                missing.field(),
                                spoken(missing),
                                day,
                                missing.codes().size() == 1 ? "it" : "one of them",
                                file(missing.kind())),
                at.id(),
                at.position(),
                at.bytes());
    }

    private static String spoken(Named named) {
        return String.join(" and ", named.codes());
    }

    private String file(CodeKind kind) {
        return "partners/%s/codes/%s.csv".formatted(partner.id(), kind.wireName());
    }

    /** That with which these bytes begin; the header of the set where there is none. */
    private static Segment segment(TransactionSet set, @Nullable ByteRange wire) {
        List<Segment> segments = set.content().segments().toList();
        return segments.stream()
                .filter(segment -> wire != null && segment.bytes().from() == wire.from())
                .findFirst()
                .orElseGet(() -> segments.get(0));
    }
}
