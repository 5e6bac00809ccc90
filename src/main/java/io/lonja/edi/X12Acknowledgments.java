package io.lonja.edi;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes 997 and TA1 in X12 004010: back to the sender, with its delimiters as far as they are harmless. */
final class X12Acknowledgments implements AcknowledgmentWriter {

    private static final DateTimeFormatter SHORT_DATE = utc("yyMMdd");
    private static final DateTimeFormatter DATE = utc("yyyyMMdd");
    private static final DateTimeFormatter TIME = utc("HHmm");
    private static final String VERSION = "004010";
    private static final String INTERCHANGE_VERSION = "00401";
    private static final int ID_CHARACTERS = 15;

    /** Addressee of an answer to an envelope without a sender; the channel knows whom it goes to. */
    private static final String NAMELESS = "UNKNOWN";

    private static final int CODES_MAX = 5;
    private static final int ELEMENT_NOTES_MAX = 99;
    private static final long CONTROL_NUMBERS = 1_000_000_000L;
    private static final long FURTHER_GROUPS = 100_000_000L;

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    @Override
    public Optional<byte[]> functional(Interchange of, long controlNumber, Instant at) {
        Map<List<String>, List<FunctionalGroup>> byAddress = new LinkedHashMap<>();
        for (FunctionalGroup group : of.groups()) {
            if (!group.acknowledgment()) {
                byAddress
                        .computeIfAbsent(List.of(group.receiverCode(), group.senderCode()), key -> new ArrayList<>())
                        .add(group);
            }
        }
        if (of.refused() || byAddress.isEmpty()) {
            return Optional.empty();
        }
        SegmentWriter out = new SegmentWriter(of.delimiters());
        header(out, of, controlNumber, at);
        long groupNumber = controlNumber;
        for (Map.Entry<List<String>, List<FunctionalGroup>> addressed : byAddress.entrySet()) {
            List<String> address = addressed.getKey();
            out.segment(
                    "GS",
                    "FA",
                    out.clean(address.get(0), ID_CHARACTERS),
                    out.clean(address.get(1), ID_CHARACTERS),
                    DATE.format(at),
                    TIME.format(at),
                    Long.toString(groupNumber),
                    "X",
                    VERSION);
            int sets = 0;
            for (FunctionalGroup group : addressed.getValue()) {
                sets++;
                functional(out, group, String.format(Locale.ROOT, "%04d", sets));
            }
            out.segment("GE", Integer.toString(sets), Long.toString(groupNumber));
            // One number is given per interchange; its further groups take theirs far from the next interchanges'.
            groupNumber = (groupNumber + FURTHER_GROUPS - 1) % (CONTROL_NUMBERS - 1) + 1;
        }
        out.segment("IEA", Integer.toString(byAddress.size()), String.format(Locale.ROOT, "%09d", controlNumber));
        return Optional.of(out.bytes());
    }

    @Override
    public byte[] interchange(Interchange of, String noteCode, long controlNumber, Instant at) {
        SegmentWriter out = new SegmentWriter(of.delimiters());
        header(out, of, controlNumber, at);
        Envelope envelope = of.envelope();
        String number = Wire.digits(envelope.controlNumber().strip(), 1, 9)
                ? String.format(
                        Locale.ROOT,
                        "%09d",
                        Integer.parseInt(envelope.controlNumber().strip()))
                : "000000000";
        out.segment(
                "TA1",
                number,
                Wire.digits(envelope.date(), 6, 6) ? envelope.date() : SHORT_DATE.format(at),
                Wire.digits(envelope.time(), 4, 4) ? envelope.time() : TIME.format(at),
                noted(of, noteCode),
                noteCode);
        out.segment("IEA", "0", String.format(Locale.ROOT, "%09d", controlNumber));
        return out.bytes();
    }

    /** TA104: accepted, accepted with errors that the note names, or rejected. */
    private static String noted(Interchange of, String noteCode) {
        if (noteCode.equals(Interchange.NOTE_RECEIVED)) {
            return "A";
        }
        boolean leniency = !of.refused()
                && of.errors().stream()
                        .anyMatch(error -> error.code().noteCode().equals(noteCode));
        return leniency ? "E" : "R";
    }

    private void header(SegmentWriter out, Interchange of, long controlNumber, Instant at) {
        if (controlNumber < 1 || controlNumber >= CONTROL_NUMBERS) {
            throw new IllegalArgumentException("Not an interchange control number: " + controlNumber);
        }
        Envelope envelope = of.envelope();
        out.isa(
                party(out, envelope.receiver()),
                party(out, envelope.sender()),
                SHORT_DATE.format(at),
                TIME.format(at),
                INTERCHANGE_VERSION,
                String.format(Locale.ROOT, "%09d", controlNumber),
                envelope.test() ? "T" : "P");
    }

    private static List<String> party(SegmentWriter out, WireParty party) {
        String qualifier = party.qualifier().matches("[A-Z0-9]{2}") ? party.qualifier() : "ZZ";
        String id = out.clean(party.value(), ID_CHARACTERS);
        return List.of(qualifier, String.format(Locale.ROOT, "%-15s", id.isEmpty() ? NAMELESS : id));
    }

    private static void functional(SegmentWriter out, FunctionalGroup group, String setNumber) {
        int from = out.segments();
        out.segment("ST", "997", setNumber);
        out.segment(
                "AK1",
                group.functionalIdentifier().matches("[A-Z0-9]{2}") ? group.functionalIdentifier() : "ZZ",
                out.or(group.controlNumber(), 9, "0"));
        int accepted = 0;
        boolean withErrors = false;
        for (TransactionSet set : group.transactionSets()) {
            transactionSet(out, set);
            if (!(set.verdict() instanceof Verdict.Refused)) {
                accepted++;
            }
            withErrors |= set.verdict() instanceof Verdict.AcceptedWithErrors;
        }
        int received = group.transactionSets().size();
        String declared = Wire.digits(group.declaredCount(), 1, 6) ? group.declaredCount() : Integer.toString(received);
        Set<String> codes = new LinkedHashSet<>();
        group.errors().forEach(error -> codes.add(error.code().groupCode()));
        List<String> trailer = new ArrayList<>(List.of(
                judgement(group, received, accepted, withErrors),
                declared,
                Integer.toString(received),
                Integer.toString(accepted)));
        trailer.addAll(noted(codes));
        out.segment("AK9", trailer);
        out.segment("SE", Integer.toString(out.segments() - from + 1), setNumber);
    }

    /** AK901. */
    private static String judgement(FunctionalGroup group, int received, int accepted, boolean withErrors) {
        if (group.refused() || accepted == 0 && received > 0) {
            return "R";
        }
        if (accepted < received) {
            return "P";
        }
        return withErrors || !group.errors().isEmpty() ? "E" : "A";
    }

    private static void transactionSet(SegmentWriter out, TransactionSet set) {
        out.segment("AK2", out.or(set.type(), 3, "000"), out.or(set.controlNumber(), 9, "0000"));
        List<SyntaxError> errors = set.verdict().errors();
        Set<String> codes = new LinkedHashSet<>();
        boolean segmentsAtFault = false;
        int next = 0;
        while (next < errors.size()) {
            SyntaxError error = errors.get(next);
            if (error.code().segmentCode().isEmpty()
                    && error.code().elementCode().isEmpty()) {
                codes.add(error.code().transactionSetCode());
                next++;
                continue;
            }
            int to = next;
            while (to < errors.size() && sameSegment(error, errors.get(to))) {
                to++;
            }
            segment(out, errors.subList(next, to));
            segmentsAtFault = true;
            next = to;
        }
        if (segmentsAtFault) {
            codes.add("5");
        }
        List<String> trailer = new ArrayList<>();
        trailer.add(
                set.verdict() instanceof Verdict.Refused
                        ? "R"
                        : set.verdict() instanceof Verdict.AcceptedWithErrors ? "E" : "A");
        trailer.addAll(noted(codes));
        out.segment("AK5", trailer);
    }

    private static boolean sameSegment(SyntaxError one, SyntaxError other) {
        boolean inside = !other.code().segmentCode().isEmpty()
                || !other.code().elementCode().isEmpty();
        return inside && one.segment() == other.segment() && one.segmentId().equals(other.segmentId());
    }

    private static void segment(SegmentWriter out, List<SyntaxError> errors) {
        Set<String> codes = new LinkedHashSet<>();
        boolean elements = false;
        for (SyntaxError error : errors) {
            codes.add(error.code().segmentCode());
            elements |= !error.code().elementCode().isEmpty();
        }
        if (elements) {
            codes.add("8");
        }
        SyntaxError first = errors.get(0);
        List<String> note =
                new ArrayList<>(List.of(out.or(first.segmentId(), 3, "ZZZ"), Integer.toString(first.segment()), ""));
        note.addAll(noted(codes));
        out.segment("AK3", note);
        errors.stream()
                .filter(error -> !error.code().elementCode().isEmpty())
                .limit(ELEMENT_NOTES_MAX)
                .forEach(error -> element(out, error));
    }

    private static void element(SegmentWriter out, SyntaxError error) {
        String position = Integer.toString(Math.min(error.element(), 99));
        if (error.component() > 0) {
            position = position + out.component() + error.component();
        }
        String reference = Wire.digits(error.expectation().reference(), 1, 4)
                ? error.expectation().reference()
                : "";
        String copy = error.code() == ErrorCode.INVALID_CHARACTER || !out.harmless(error.found()) ? "" : error.found();
        out.segment("AK4", List.of(position, reference, error.code().elementCode(), copy));
    }

    private static List<String> noted(Set<String> codes) {
        return codes.stream().filter(code -> !code.isEmpty()).limit(CODES_MAX).toList();
    }

    /** Segments with delimiters that occur in no data; what would contain one is left out. */
    private static final class SegmentWriter {

        private final char element;
        private final char component;
        private final char terminator;
        private final StringBuilder out = new StringBuilder();
        private int segments;

        SegmentWriter(Delimiters of) {
            element = usable(of.element()) ? of.element() : '*';
            terminator = usable(of.terminator()) && of.terminator() != element
                    ? of.terminator()
                    : other("~'!", element, element);
            component = usable(of.component()) && of.component() != element && of.component() != terminator
                    ? of.component()
                    : other(">:^|", element, terminator);
        }

        /** A visible ASCII character, neither letter nor digit: what every reader can take. */
        private static boolean usable(char c) {
            return c > ' ' && c < 0x7F && !Wire.alphanumeric((byte) c) && "-.".indexOf(c) < 0;
        }

        private static char other(String candidates, char taken, char alsoTaken) {
            return (char) candidates
                    .chars()
                    .filter(c -> c != taken && c != alsoTaken)
                    .findFirst()
                    .orElse('~');
        }

        char component() {
            return component;
        }

        int segments() {
            return segments;
        }

        /** Whether it can be repeated in an answer: plain visible characters without a delimiter. */
        boolean harmless(String text) {
            return text.chars()
                    .allMatch(c -> c >= ' ' && c < 0x7F && c != element && c != component && c != terminator);
        }

        String clean(String text, int charactersMax) {
            StringBuilder clean = new StringBuilder();
            text.chars()
                    .limit(charactersMax)
                    .forEach(c -> clean.append(harmless(Character.toString(c)) ? (char) c : ' '));
            return clean.toString().stripTrailing();
        }

        String or(String text, int charactersMax, String otherwise) {
            return !text.isBlank() && text.length() <= charactersMax && harmless(text) ? text : otherwise;
        }

        void isa(
                List<String> sender,
                List<String> receiver,
                String date,
                String time,
                String version,
                String number,
                String usage) {
            String none = " ".repeat(10);
            segment(List.of(
                    "ISA",
                    "00",
                    none,
                    "00",
                    none,
                    sender.get(0),
                    sender.get(1),
                    receiver.get(0),
                    receiver.get(1),
                    date,
                    time,
                    "U",
                    version,
                    number,
                    "0",
                    usage,
                    Character.toString(component)));
        }

        void segment(String... parts) {
            segment(List.of(parts));
        }

        void segment(String tag, List<String> elements) {
            List<String> parts = new ArrayList<>();
            parts.add(tag);
            parts.addAll(elements);
            segment(parts);
        }

        private void segment(List<String> parts) {
            int last = parts.size();
            while (last > 1 && parts.get(last - 1).isEmpty()) {
                last--;
            }
            out.append(String.join(Character.toString(element), parts.subList(0, last)))
                    .append(terminator);
            segments++;
        }

        byte[] bytes() {
            return out.toString().getBytes(StandardCharsets.US_ASCII);
        }
    }
}
