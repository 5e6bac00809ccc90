package io.lonja.edi.checker;

import static io.lonja.edi.checker.AcknowledgmentChecker.number;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** CONTRL of syntax versions 3 and 4. */
final class EdifactAcknowledgment {

    private static final String REJECTED = "4";
    private static final String DIFFERING_REFERENCES = "28";
    private static final String DIFFERING_COUNTS = "29";
    private static final String MISSING = "13";
    private static final String NOTHING = "0";
    private static final int ID_CHARACTERS = 35;
    private static final int QUALIFIER_CHARACTERS = 4;
    private static final int REFERENCE_CHARACTERS = 14;
    private static final Map<String, Charset> CHARSETS = Map.ofEntries(
            Map.entry("UNOC", StandardCharsets.ISO_8859_1),
            Map.entry("UNOD", Charset.forName("ISO-8859-2")),
            Map.entry("UNOE", Charset.forName("ISO-8859-5")),
            Map.entry("UNOF", Charset.forName("ISO-8859-7")),
            Map.entry("UNOG", Charset.forName("ISO-8859-3")),
            Map.entry("UNOH", Charset.forName("ISO-8859-4")),
            Map.entry("UNOI", Charset.forName("ISO-8859-6")),
            Map.entry("UNOJ", Charset.forName("ISO-8859-8")),
            Map.entry("UNOK", Charset.forName("ISO-8859-9")),
            Map.entry("UNOW", StandardCharsets.UTF_8),
            Map.entry("UNOY", StandardCharsets.UTF_8));

    private final AcknowledgmentChecker checker;
    private final PlainInterchange received;
    private final PlainInterchange answer;

    EdifactAcknowledgment(AcknowledgmentChecker checker, PlainInterchange received, PlainInterchange answer) {
        this.checker = checker;
        this.received = received;
        this.answer = answer;
    }

    void judge() {
        PlainSegment unb = answer.header();
        PlainSegment theirs = received.header();
        String level = level();
        checker.demand(
                unb.text(1, 1).equals(level)
                        || level.equals("UNOA") && unb.text(1, 1).equals("UNOB")
                        || !CHARSETS.containsKey(level) && unb.text(1, 1).equals("UNOC"),
                "UNB 0001 is %s and not %s",
                unb.text(1, 1),
                level);
        String syntax = unb.text(1, 2);
        String due = theirs.text(1, 2).matches("[1-4]") ? theirs.text(1, 2).replaceAll("[12]", "3") : "[34]";
        checker.demand(syntax.matches(due), "UNB 0002 is %s and not %s", syntax, due);
        party("UNB S002", unb, 2, theirs, 3);
        party("UNB S003", unb, 3, theirs, 2);
        checker.demand(number(unb.text(5), 1, REFERENCE_CHARACTERS), "UNB 0020 is %s", unb.text(5));
        checker.equal("UNB 0031 of an acknowledgment", unb.text(9), "");
        checker.equal("UNB 0035", unb.text(11), theirs.text(11).matches("[1-4]") ? "1" : "");
        List<PlainInterchange.Set> messages =
                answer.groups().stream().flatMap(group -> group.sets().stream()).toList();
        checker.trailer("UNZ", answer.trailer(), messages.size(), unb.text(5));
        checker.envelope(answer, "UNE", "UNT", 5, 1);
        if (messages.size() != 1) {
            checker.demand(false, "an answer is one CONTRL, not %d", messages.size());
            return;
        }
        PlainSegment unh = messages.get(0).header();
        checker.equal("UNH S009", unh.raw(2), syntax.equals("4") ? "CONTRL:4:1:UN" : "CONTRL:D:3:UN");
        List<PlainSegment> segments = messages.get(0).segments();
        contrl(segments.subList(1, segments.size() - 1));
    }

    /** UNB 0001, also where UNA announces another component separator than the colon that stands behind it. */
    private String level() {
        return received.header().text(1, 1).replaceFirst("(?s):.*", "");
    }

    private void party(String what, PlainSegment in, int element, PlainSegment theirs, int theirElement) {
        String id = theirs.text(theirElement, 1);
        mirrored(what + " 0004", in.text(element, 1), id, ID_CHARACTERS, in.text(element, 1));
        // Blanks around a qualifier say nothing, and take no room.
        String qualifier = theirs.text(theirElement, 2).strip();
        mirrored(what + " 0007", in.text(element, 2), qualifier, QUALIFIER_CHARACTERS, "");
    }

    private void mirrored(String what, String given, String received, int charactersMax) {
        mirrored(what, given, received, charactersMax, NOTHING);
    }

    /**
     * In the character set of who sent it; what is not well-formed in it cannot be told again.
     *
     * @param nothing what stands there when there is nothing to tell again
     */
    private void mirrored(String what, String given, String came, int charactersMax, String nothing) {
        Optional<String> text = text(came);
        if (text.isPresent()) {
            String cut = text.get().substring(0, Math.min(text.get().length(), charactersMax));
            String due = cut.replaceAll("[\\p{Cntrl}\\x80-\\x9F\\p{Cs}]", " ").replaceAll("[^\\x00-\\uFFFF]", "  ");
            checker.equal(what, text(given).orElse(given), due.isBlank() ? nothing : due.strip());
        }
    }

    private Optional<String> text(String bytes) {
        Charset charset = CHARSETS.getOrDefault(level(), StandardCharsets.US_ASCII);
        try {
            return Optional.of(charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void contrl(List<PlainSegment> segments) {
        if (segments.isEmpty() || !segments.get(0).tag().equals("UCI")) {
            checker.demand(false, "a CONTRL begins with UCI");
            return;
        }
        PlainSegment uci = segments.get(0);
        mirrored("UCI 0020", uci.text(1), received.header().text(5), REFERENCE_CHARACTERS);
        party("UCI S002", uci, 2, received.header(), 2);
        party("UCI S003", uci, 3, received.header(), 3);
        Set<String> faults = faults(
                received.trailer(),
                grouped() ? received.groups().size() : messages().size(),
                received.header().text(5));
        action(uci, 4, faults, segments.size() > 1);
        if (uci.text(4).equals(REJECTED)) {
            checker.demand(
                    segments.size() == 1,
                    "%s behind a UCI that rejects",
                    segments.get(1 % segments.size()).tag());
            checker.demand(!uci.text(5).isEmpty(), "UCI rejects without a reason");
            return;
        }
        notes(segments.subList(1, segments.size()));
    }

    private boolean grouped() {
        return received.groups().stream().anyMatch(group -> group.header().isPresent());
    }

    private List<PlainInterchange.Set> messages() {
        return received.groups().stream()
                .flatMap(group -> group.sets().stream())
                .toList();
    }

    /** 0083, 0085, 0013 and S011, of which the last two only follow a reason. */
    private void action(PlainSegment segment, int element, Set<String> faults, boolean explained) {
        String action = segment.text(element);
        String reason = segment.text(element + 1);
        checker.demand(action.matches("[478]"), "0083 of %s is %s", segment.tag(), action);
        boolean rejects = action.equals(REJECTED);
        checker.demand(
                rejects || reason.isEmpty(), "%s gives the reason %s and does not reject", segment.tag(), reason);
        checker.demand(!rejects || explained || !reason.isEmpty(), "%s rejects and does not say why", segment.tag());
        checker.demand(reason.isEmpty() || number(reason, 1, 3), "0085 of %s is %s", segment.tag(), reason);
        checker.demand(segment.text(element + 2).matches("(UN[A-Z])?"), "0013 is %s", segment.text(element + 2));
        checker.demand(faults.isEmpty() || rejects, "%s accepts, but there is %s", segment.tag(), faults);
        for (String code : List.of(DIFFERING_REFERENCES, DIFFERING_COUNTS)) {
            checker.demand(
                    !reason.equals(code) || faults.contains(code), "%s says %s, which is not so", segment.tag(), code);
        }
    }

    private static Set<String> faults(Optional<PlainSegment> trailer, int count, String reference) {
        if (trailer.isEmpty()) {
            return Set.of(MISSING);
        }
        Set<String> faults = new LinkedHashSet<>();
        String declared = trailer.get().raw(1);
        if (!number(declared, 1, 10) || Long.parseLong(declared) != count) {
            faults.add(DIFFERING_COUNTS);
        }
        if (!trailer.get().text(2).equals(reference)) {
            faults.add(DIFFERING_REFERENCES);
        }
        return faults;
    }

    private void notes(List<PlainSegment> segments) {
        int at = 0;
        for (PlainInterchange.Group group : received.groups()) {
            boolean acknowledges =
                    !group.sets().isEmpty() && group.sets().stream().allMatch(this::isContrl);
            if (acknowledges) {
                continue;
            }
            boolean rejected = false;
            if (group.header().isPresent()) {
                if (at >= segments.size() || !segments.get(at).tag().equals("UCF")) {
                    checker.demand(false, "a group without UCF");
                    return;
                }
                PlainSegment ucf = segments.get(at++);
                PlainSegment ung = group.header().get();
                mirrored("UCF 0048", ucf.text(1), ung.text(5), REFERENCE_CHARACTERS);
                mirrored("UCF S006", ucf.text(2), ung.text(2), ID_CHARACTERS);
                mirrored("UCF S007", ucf.text(3), ung.text(3), ID_CHARACTERS);
                action(ucf, 4, faults(group.trailer(), group.sets().size(), ung.text(5)), false);
                rejected = ucf.text(4).equals(REJECTED);
            }
            for (PlainInterchange.Set set : rejected ? List.<PlainInterchange.Set>of() : group.sets()) {
                if (isContrl(set)) {
                    continue;
                }
                if (at >= segments.size() || !segments.get(at).tag().equals("UCM")) {
                    checker.demand(false, "a message without UCM");
                    return;
                }
                int end = at + 1;
                while (end < segments.size() && segments.get(end).tag().matches("UC[SD]")) {
                    end++;
                }
                message(segments.subList(at, end), set);
                at = end;
            }
        }
        checker.demand(at == segments.size(), "%d segments that answer nothing", segments.size() - at);
    }

    private boolean isContrl(PlainInterchange.Set set) {
        return set.header().text(2).equals("CONTRL");
    }

    private void message(List<PlainSegment> segments, PlainInterchange.Set about) {
        PlainSegment ucm = segments.get(0);
        PlainSegment unh = about.header();
        mirrored("UCM 0062", ucm.text(1), unh.text(1), REFERENCE_CHARACTERS);
        mirrored("UCM 0065", ucm.text(2, 1), unh.text(2, 1), 6);
        mirrored("UCM 0052", ucm.text(2, 2), unh.text(2, 2), 3);
        mirrored("UCM 0054", ucm.text(2, 3), unh.text(2, 3), 3);
        mirrored("UCM 0051", ucm.text(2, 4), unh.text(2, 4), 3);
        mirrored("UCM 0057", ucm.text(2, 5), unh.text(2, 5), 6, "");
        Set<String> faults = faults(about.trailer(), about.segments().size(), unh.text(1));
        action(ucm, 3, faults, segments.size() > 1);
        checker.demand(segments.size() == 1 || ucm.text(3).equals(REJECTED), "UCS behind a UCM that does not reject");
        int last = 0;
        PlainSegment at = null;
        List<PlainSegment> notes = new ArrayList<>(segments.subList(1, segments.size()));
        for (PlainSegment note : notes) {
            if (note.tag().equals("UCS")) {
                int position = number(note.text(1), 1, 6) ? Integer.parseInt(note.text(1)) : 0;
                if (position < 1 || position > about.segments().size() || position < last) {
                    checker.demand(
                            false,
                            "UCS 0096 is %s of %d segments, behind %d",
                            note.text(1),
                            about.segments().size(),
                            last);
                    return;
                }
                last = position;
                at = about.segments().get(position - 1);
                checker.demand(note.text(2).isEmpty() || number(note.text(2), 1, 3), "UCS 0085 is %s", note.text(2));
            } else if (at == null) {
                checker.demand(false, "UCD before any UCS");
            } else {
                element(note, at);
            }
        }
    }

    /** UCD: S011 counts the tag as the first element. */
    private void element(PlainSegment ucd, PlainSegment about) {
        checker.demand(number(ucd.text(1), 1, 3), "UCD 0085 is %s", ucd.text(1));
        int element = number(ucd.text(2, 1), 1, 3) ? Integer.parseInt(ucd.text(2, 1)) - 1 : -1;
        if (element < 1) {
            checker.demand(false, "UCD S011 is %s", ucd.raw(2));
            return;
        }
        int component = ucd.text(2, 2).isEmpty() ? 0 : Integer.parseInt(ucd.text(2, 2));
        List<String> texts = component == 0 ? List.of(about.raw(element)) : about.texts(element, component);
        boolean someAbsent = texts.stream().anyMatch(String::isBlank);
        if (ucd.text(1).equals(MISSING)) {
            boolean emptyComposite = component == 0
                    && element <= about.elements().size()
                    && IntStream.range(0, about.elements().get(element - 1).size())
                            .anyMatch(r -> about.elements().get(element - 1).get(r).stream()
                                    .allMatch(String::isBlank));
            checker.demand(
                    someAbsent || emptyComposite,
                    "UCD says that %s %s is missing, and it is there",
                    about.tag(),
                    ucd.raw(2));
        }
        if (Set.of("37", "39", "40", "19", "21").contains(ucd.text(1))) {
            checker.demand(
                    texts.stream().anyMatch(text -> !text.isEmpty()),
                    "UCD says %s of %s %s, which is empty",
                    ucd.text(1),
                    about.tag(),
                    ucd.raw(2));
        }
    }
}
