package io.lonja.edi.checker;

import static io.lonja.edi.checker.AcknowledgmentChecker.number;
import static io.lonja.edi.checker.AcknowledgmentChecker.writable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** TA1, the 997 of X12 004010 and, for groups of 005010 and later, the 997 of 005010 or the 999 of 005010X231A1. */
final class X12Acknowledgment {

    private static final String VERSION = "004010";
    private static final String LATER_VERSION = "005010";
    private static final String IMPLEMENTATION_VERSION = "005010X231A1";
    private static final Pattern SINCE_5010 = Pattern.compile("(00[5-9]\\d{3}|0[1-9]\\d{4}|[1-9]\\d{5})[ -~]{0,6}");
    private static final Pattern ENVELOPES = Pattern.compile("00[2-8]\\d\\d");
    private static final Pattern ENVELOPES_SINCE_501 = Pattern.compile("005(?!00)\\d\\d|00[678]\\d\\d");
    private static final int[] ISA_LENGTHS = {2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1};
    private static final int CODES_MAX = 5;
    private static final int COPY_CHARACTERS_MAX = 99;
    private static final int ELEMENT_POSITION_MAX = 99;
    /** AK502 for which a set tells the truth of itself. */
    private static final Set<String> OF_TRAILERS = Set.of("2", "3", "4");
    /** AK905 for which a group does. */
    private static final Set<String> OF_GROUP_TRAILERS = Set.of("3", "4", "5");

    private final AcknowledgmentChecker checker;
    private final PlainInterchange received;
    private final PlainInterchange answer;
    private final Separators its;

    X12Acknowledgment(
            AcknowledgmentChecker checker, PlainInterchange received, PlainInterchange answer, Separators its) {
        this.checker = checker;
        this.received = received;
        this.answer = answer;
        this.its = its;
    }

    void judge() {
        header();
        checker.trailer(
                "IEA", answer.trailer(), answer.groups().size(), answer.header().text(13));
        checker.envelope(answer, "GE", "SE", 6, 2);
        checker.demand(
                answer.notes().size() + answer.groups().size() > 0
                        && answer.notes().size() <= 1,
                "an answer has one TA1 or one 997 or 999, not %d and %d",
                answer.notes().size(),
                answer.groups().size());
        answer.notes().forEach(this::note);
        if (!answer.groups().isEmpty()) {
            checker.demand(
                    faultsOfTheEnvelope().isEmpty(), "a 997 or 999 for an envelope with %s", faultsOfTheEnvelope());
            groups();
        }
    }

    private void header() {
        PlainSegment isa = answer.header();
        PlainSegment theirs = received.header();
        for (int i = 1; i <= ISA_LENGTHS.length; i++) {
            checker.demand(
                    isa.raw(i).length() == ISA_LENGTHS[i - 1], "ISA%02d has not %d characters", i, ISA_LENGTHS[i - 1]);
        }
        if (ENVELOPES.matcher(theirs.raw(12)).matches()) {
            boolean later = ENVELOPES_SINCE_501.matcher(theirs.raw(12)).matches()
                    || answer.groups().stream()
                            .anyMatch(group ->
                                    group.header().orElseThrow().text(8).startsWith(LATER_VERSION));
            checker.equal("ISA12", isa.text(12), later ? "00501" : "00401");
        } else { // Nobody knows what its sender reads.
            checker.demand(isa.text(12).matches("00[45]01"), "ISA12 is %s", isa.text(12));
        }
        checker.demand(number(isa.text(13), 9, 9), "ISA13 is no number");
        checker.equal("ISA14 of an acknowledgment", isa.text(14), "0");
        checker.equal("ISA15", isa.text(15), theirs.text(15).equals("T") ? "T" : "P");
        party("ISA05", "ISA06", isa.text(5), isa.text(6), theirs.text(7).strip(), theirs.text(8));
        party("ISA07", "ISA08", isa.text(7), isa.text(8), theirs.text(5).strip(), theirs.text(6));
    }

    private void party(
            String qualifierName, String idName, String qualifier, String id, String theirs, String theirId) {
        checker.equal(qualifierName, qualifier, theirs.matches("[A-Z0-9]{2}") ? theirs : "ZZ");
        boolean nameless = !theirId.chars().anyMatch(c -> c != ' ' && writable(Character.toString(c), its));
        if (!nameless) {
            checker.mirrored(idName, id, theirId.stripTrailing(), 15, its);
        }
    }

    /** TA1. */
    private void note(PlainSegment note) {
        PlainSegment theirs = received.header();
        String number = theirs.text(13).strip();
        checker.equal(
                "TA101", note.text(1), number(number, 1, 9) ? "0".repeat(9 - number.length()) + number : "000000000");
        if (number(theirs.text(9), 6, 6)) {
            checker.equal("TA102", note.text(2), theirs.text(9));
        }
        if (number(theirs.text(10), 4, 4)) {
            checker.equal("TA103", note.text(3), theirs.text(10));
        }
        String code = note.text(5);
        checker.demand(code.matches("0[0-2][0-9]|03[01]"), "TA105 is %s", code);
        checker.demand(note.text(4).matches("[AER]"), "TA104 is %s", note.text(4));
        checker.demand(note.text(4).equals("A") == code.equals("000"), "TA104 is %s with TA105 %s", note.text(4), code);
        Set<String> faults = faultsOfTheEnvelope();
        checker.demand(faults.isEmpty() || note.text(4).equals("R"), "TA104 is %s, but %s", note.text(4), faults);
        if (Set.of("001", "021", "023").contains(code)) {
            checker.demand(faults.contains(code), "TA105 is %s, which is not so: %s", code, faults);
        }
    }

    private Set<String> faultsOfTheEnvelope() {
        if (received.trailer().isEmpty()) {
            return Set.of("023");
        }
        PlainSegment iea = received.trailer().get();
        Set<String> faults = new LinkedHashSet<>();
        if (!iea.raw(2).strip().equals(received.header().text(13).strip())) {
            faults.add("001");
        }
        if (!number(iea.raw(1), 1, 9)
                || Integer.parseInt(iea.raw(1)) != received.groups().size()) {
            faults.add("021");
        }
        return faults;
    }

    /** Each of their groups in an answer to its sender, once, in order within that answer. */
    private void groups() {
        List<PlainInterchange.Group> due = new ArrayList<>(received.groups().stream()
                .filter(group -> !group.header().orElseThrow().raw(1).equals("FA"))
                .toList());
        Set<String> numbers = new HashSet<>();
        for (PlainInterchange.Group group : answer.groups()) {
            PlainSegment gs = group.header().orElseThrow();
            checker.equal("GS01", gs.text(1), "FA");
            checker.equal("GS07", gs.text(7), "X");
            checker.demand(number(gs.text(6), 1, 9) && numbers.add(gs.text(6)), "GS06 %s is taken", gs.text(6));
            Set<String> setNumbers = new HashSet<>();
            for (PlainInterchange.Set set : group.sets()) {
                boolean implementation = set.header().text(1).equals("999");
                checker.demand(
                        implementation || set.header().text(1).equals("997"),
                        "ST01 is %s",
                        set.header().text(1));
                checker.equal("ST03", set.header().text(3), implementation ? IMPLEMENTATION_VERSION : "");
                checker.demand(setNumbers.add(set.header().text(2)), "ST02 is taken");
                functional(gs, set.segments(), due, implementation ? "IK" : "AK");
            }
        }
        checker.demand(due.isEmpty(), "%d groups are not answered", due.size());
    }

    /** @param notes what the tags of notes and of the end of a set begin with: {@code AK} in a 997, {@code IK} in a 999 */
    private void functional(
            PlainSegment gs, List<PlainSegment> segments, List<PlainInterchange.Group> due, String notes) {
        if (segments.size() < 4 || !segments.get(1).tag().equals("AK1")) {
            checker.demand(false, "an answer to a group is ST, AK1, AK9, SE at least");
            return;
        }
        PlainSegment ak1 = segments.get(1);
        PlainInterchange.Group about = due.stream()
                .filter(group -> answers(gs, ak1, group.header().orElseThrow()))
                .findFirst()
                .orElse(null);
        if (about == null) {
            checker.demand(false, "AK1 %s %s is about no group that came", ak1.text(1), ak1.text(2));
            return;
        }
        due.remove(about);
        String version = about.header().orElseThrow().raw(8);
        boolean later = SINCE_5010.matcher(version).matches();
        boolean implementation = notes.equals("IK");
        checker.demand(later || !implementation, "a 999 for a group of %s", version);
        checker.equal("GS08", gs.text(8), implementation ? IMPLEMENTATION_VERSION : later ? LATER_VERSION : VERSION);
        checker.equal("AK103", ak1.text(3), later && writable(version, its) ? version : "");
        int at = 2;
        List<String> verdicts = new ArrayList<>();
        while (at < segments.size() - 1 && segments.get(at).tag().equals("AK2")) {
            int end = at + 1;
            while (end < segments.size() - 1 && !segments.get(end).tag().matches("[AI]K[259]")) {
                end++;
            }
            if (!segments.get(end).tag().equals(notes + "5")) {
                checker.demand(false, "AK2 without %s5", notes);
                return;
            }
            if (verdicts.size() >= about.sets().size()) {
                checker.demand(false, "AK2 of more sets than came");
                return;
            }
            transactionSet(segments.subList(at, end + 1), about.sets().get(verdicts.size()), later, notes);
            verdicts.add(segments.get(end).text(1));
            at = end + 1;
        }
        checker.demand(at == segments.size() - 2, "AK9 is not the last but one");
        if (segments.get(at).tag().equals("AK9")) {
            trailer(segments.get(at), verdicts, about);
        }
    }

    private boolean answers(PlainSegment gs, PlainSegment ak1, PlainSegment theirs) {
        String identifier = theirs.raw(1).matches("[A-Z0-9]{2}") ? theirs.raw(1) : "ZZ";
        return ak1.text(1).equals(identifier)
                && ak1.text(2).equals(or(theirs.raw(6), 9, "0"))
                && mirrors(gs.text(2), theirs.raw(3))
                && mirrors(gs.text(3), theirs.raw(2));
    }

    private boolean mirrors(String given, String theirs) {
        StringBuilder due = new StringBuilder();
        theirs.chars().limit(15).forEach(c -> due.append(writable(Character.toString(c), its) ? (char) c : ' '));
        boolean ascii = theirs.chars().allMatch(c -> c < 0x7F);
        return !ascii || given.equals(due.toString().stripTrailing());
    }

    private String or(String text, int charactersMax, String otherwise) {
        return !text.isBlank() && text.length() <= charactersMax && writable(text, its) ? text : otherwise;
    }

    private void trailer(PlainSegment ak9, List<String> verdicts, PlainInterchange.Group about) {
        int came = about.sets().size();
        String declared = about.trailer().map(ge -> ge.raw(1)).orElse("");
        checker.equal("AK902", ak9.text(2), number(declared, 1, 6) ? declared : Integer.toString(came));
        checker.equal("AK903", ak9.text(3), Integer.toString(came));
        long accepted =
                verdicts.stream().filter(verdict -> !verdict.equals("R")).count();
        checker.equal("AK904", ak9.text(4), Long.toString(accepted));
        checker.equal("sets that AK2 names", Integer.toString(verdicts.size()), Integer.toString(came));
        Set<String> codes = codes(ak9, 5);
        Set<String> due = new LinkedHashSet<>();
        if (about.trailer().isEmpty()) {
            due.add("3");
        } else {
            if (!about.trailer()
                    .get()
                    .raw(2)
                    .equals(about.header().orElseThrow().raw(6))) {
                due.add("4");
            }
            if (!number(declared, 1, 6) || Integer.parseInt(declared) != came) {
                due.add("5");
            }
        }
        truthful("AK905", codes, due, OF_GROUP_TRAILERS);
        checker.demand(codes.stream().allMatch(code -> code.matches("[1-6]")), "AK905 has %s", codes);
        String verdict = ak9.text(1);
        boolean rejected = verdict.equals("R");
        checker.demand(
                switch (verdict) {
                    case "A" ->
                        accepted == came && codes.isEmpty() && verdicts.stream().allMatch("A"::equals);
                    case "E" -> accepted == came;
                    case "P" -> accepted > 0 && accepted < came;
                    case "R" -> accepted == 0;
                    default -> false;
                },
                "AK901 is %s with AK501 %s of %d sets and AK905 %s",
                verdict,
                verdicts,
                came,
                codes);
        checker.demand(due.isEmpty() || rejected, "AK901 is %s, but the group has %s", verdict, due);
    }

    private void transactionSet(
            List<PlainSegment> segments, PlainInterchange.Set about, boolean later, String noteTags) {
        List<PlainSegment> theirs = about.segments();
        PlainSegment ak2 = segments.get(0);
        checker.equal("AK201", ak2.text(1), or(theirs.get(0).raw(1), 3, "000"));
        checker.equal("AK202", ak2.text(2), or(theirs.get(0).raw(2), 9, "0000"));
        checker.equal("AK203", ak2.text(3), later ? or(theirs.get(0).raw(3), 35, "") : "");
        PlainSegment ak5 = segments.get(segments.size() - 1);
        int notes = 0;
        PlainSegment ak3 = null;
        for (PlainSegment segment : segments.subList(1, segments.size() - 1)) {
            if (segment.tag().equals(noteTags + "3")) {
                ak3 = segment;
                notes++;
                segmentNote(segment, about);
            } else if (segment.tag().equals(noteTags + "4") && ak3 != null) {
                elementNote(ak3, segment, theirs, later);
            } else {
                checker.demand(false, "%s where %s3, 4 or 5 stands", segment.tag(), noteTags);
            }
        }
        Set<String> codes = codes(ak5, 2);
        String verdict = ak5.text(1);
        checker.demand(verdict.matches("[AER]"), "AK501 is %s", verdict);
        checker.demand(
                !verdict.equals("A") || notes == 0 && codes.isEmpty(),
                "AK501 is A with %d AK3 and AK502 %s",
                notes,
                codes);
        checker.demand(codes.contains("5") == notes > 0 || codes.size() == CODES_MAX, "AK502 %s, %d AK3", codes, notes);
        checker.demand(
                codes.stream().allMatch(code -> code.matches(later ? "[1-7]|19" : "[1-7]")), "AK502 has %s", codes);
        Set<String> due = new LinkedHashSet<>();
        if (about.trailer().isEmpty()) {
            due.add("2");
        } else {
            PlainSegment se = about.trailer().get();
            if (!se.raw(2).equals(theirs.get(0).raw(2))) {
                due.add("3");
            }
            if (!number(se.raw(1), 1, 10) || Long.parseLong(se.raw(1)) != theirs.size()) {
                due.add("4");
            }
        }
        truthful("AK502", codes, due, OF_TRAILERS);
        checker.demand(due.isEmpty() || verdict.equals("R"), "AK501 is %s, but the set has %s", verdict, due);
    }

    /** Of what its own trailer shows, all is said and nothing else. */
    private void truthful(String what, Set<String> codes, Set<String> due, Set<String> ofTrailers) {
        Set<String> said = new LinkedHashSet<>(codes);
        said.retainAll(ofTrailers);
        checker.demand(
                said.equals(due) || codes.size() == CODES_MAX && due.containsAll(said),
                "%s says %s where it is %s",
                what,
                said,
                due);
    }

    private void segmentNote(PlainSegment ak3, PlainInterchange.Set about) {
        List<PlainSegment> theirs = about.segments();
        Set<String> codes = codes(ak3, 4);
        checker.demand(
                !codes.isEmpty() && codes.stream().allMatch(code -> code.matches("[1-8]")), "AK304 has %s", codes);
        checker.demand(ak3.tag().equals("AK3") || codes.size() == 1, "IK3 has the codes %s, and room for one", codes);
        if (!number(ak3.text(2), 1, 6)) {
            checker.demand(false, "AK302 is %s", ak3.text(2));
            return;
        }
        int position = Integer.parseInt(ak3.text(2));
        boolean missing = codes.equals(Set.of("3"));
        int last = theirs.size() + (missing && about.trailer().isEmpty() ? 1 : 0);
        if (position < 1 || position > last) {
            checker.demand(false, "AK302 is %d of %d segments", position, last);
        } else if (!missing) {
            checker.equal("AK301", ak3.text(1), or(theirs.get(position - 1).tag(), 3, "ZZZ"));
        }
    }

    private void elementNote(PlainSegment ak3, PlainSegment ak4, List<PlainSegment> theirs, boolean later) {
        checker.demand(codes(ak3, 4).contains("8") || codes(ak3, 4).size() == CODES_MAX, "AK4 without AK304 8");
        int element = Integer.parseInt(ak4.text(1, 1));
        int component = ak4.text(1, 2).isEmpty() ? 0 : Integer.parseInt(ak4.text(1, 2));
        int position = Integer.parseInt(ak3.text(2));
        String code = ak4.text(3);
        checker.demand(code.matches(later ? "[1-9]|1[023]" : "[1-9]|10"), "AK403 is %s", code);
        if (element >= ELEMENT_POSITION_MAX || position > theirs.size()) {
            return;
        }
        PlainSegment about = theirs.get(position - 1);
        List<String> texts = component == 0 ? List.of(about.raw(element)) : about.texts(element, component);
        String copy = ak4.raw(4);
        checker.demand(
                copy.isEmpty()
                        || texts.stream()
                                .anyMatch(text -> text.equals(copy)
                                        || copy.length() == COPY_CHARACTERS_MAX && text.startsWith(copy)),
                "AK404 of %s%02d-%d is \"%s\", which came as %s",
                about.tag(),
                element,
                component,
                copy,
                texts);
        boolean absent = texts.stream().allMatch(String::isBlank);
        if (code.equals("1")) {
            checker.demand(
                    texts.stream().anyMatch(String::isBlank),
                    "AK403 1 of %s%02d, which is there",
                    about.tag(),
                    element);
        } else if (Map.of("4", 1, "5", 1, "6", 1, "7", 1, "8", 1, "9", 1).containsKey(code)) {
            checker.demand(
                    // One blank is too short for a code of two characters.
                    !absent || code.equals("6") || code.equals("7") || code.equals("4") && !copy.isEmpty(),
                    "AK403 %s of %s%02d, which is empty",
                    code,
                    about.tag(),
                    element);
        }
    }

    private Set<String> codes(PlainSegment segment, int from) {
        Set<String> codes = new LinkedHashSet<>();
        IntStream.rangeClosed(from, segment.raw().size()).forEach(element -> {
            checker.demand(codes.add(segment.text(element)), "%s says %s twice", segment.tag(), segment.text(element));
        });
        checker.demand(codes.size() <= CODES_MAX && !codes.contains(""), "%s has the codes %s", segment.tag(), codes);
        return codes;
    }
}
