package io.lonja.edi;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes 824 and APERAK: pure functions of what is refused, the number and the time. */
final class AdviceWriter {

    static final String X12 = "824";
    static final String EDIFACT = "APERAK";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** GS01 of an 824. */
    private static final String GROUP = "AG";

    private static final String RESPONSE = "11";
    private static final String SET_REJECT = "TR";
    private static final String NUMBER_OF_THE_SET = "TN";
    private static final int TITLE_CHARACTERS = 60;
    private static final int NOTE_CHARACTERS = 80;
    private static final int NOTES_MAX = 100;
    private static final int REFERENCE_CHARACTERS = 30;
    private static final int POSITION_MAX = 999_999;
    private static final int GS_CODE_MIN = 2;
    private static final int GS_CODE_MAX = 15;
    private static final String CUT = "...";
    private static final int TEXT_LINES = 5;
    private static final int TEXT_CHARACTERS = 70;
    private static final int EDIFACT_REFERENCE_CHARACTERS = 35;

    private AdviceWriter() {}

    /** Whether such a set or message tells what became of a document. */
    static boolean advises(String type) {
        return type.equals(X12) || type.equals(EDIFACT);
    }

    /** {@code 824} or {@code APERAK}. */
    static String kind(ApplicationAdvice advice) {
        return advice.of().envelope().standard() == Standard.X12 ? X12 : EDIFACT;
    }

    /**
     * One interchange with one set or message, back to the sender of what is refused.
     *
     * @param number ISA13 or UNB 0020, which is the number of the advice as well
     * @throws UnwritableException when a name or number of what is refused cannot stand in an answer
     */
    static byte[] write(ApplicationAdvice advice, long number, Instant at) {
        return advice.of().envelope().standard() == Standard.X12
                ? x12(advice, Long.toString(number), at)
                : aperak(advice, number, at);
    }

    private static byte[] x12(ApplicationAdvice advice, String number, Instant at) {
        FunctionalGroup group = advice.group();
        TransactionSet set = advice.set();
        List<OutboundSegment> segments = new ArrayList<>();
        segments.add(OutboundSegment.of("BGN", RESPONSE, number, DATE.format(at)));
        boolean named = !advice.number().isBlank() && advice.number().length() <= REFERENCE_CHARACTERS;
        segments.add(OutboundSegment.of(
                "OTI",
                SET_REJECT,
                named ? advice.subject().x12() : NUMBER_OF_THE_SET,
                named ? printable(advice.number()) : set.controlNumber(),
                code(group.senderCode()),
                code(group.receiverCode()),
                "",
                "",
                group.controlNumber(),
                set.controlNumber(),
                set.type(),
                group.version()));
        for (ApplicationAdvice.Reason reason : advice.reasons()) {
            boolean placed = reason.segment() > 0 && reason.segmentId().length() >= 2;
            segments.add(OutboundSegment.of(
                    "TED",
                    reason.condition().code(),
                    lines(printable(reason.title()), TITLE_CHARACTERS).get(0),
                    placed ? reason.segmentId() : "",
                    placed ? Integer.toString(Math.min(reason.segment(), POSITION_MAX)) : ""));
            lines(printable(reason.sentence()), NOTE_CHARACTERS).stream()
                    .limit(NOTES_MAX)
                    .forEach(line -> segments.add(OutboundSegment.of("NTE", "", line)));
        }
        return InterchangeWriter.write(new OutboundInterchange(
                OutboundSyntax.x12("00401", StandardCharsets.UTF_8),
                advice.of().envelope().receiver(),
                advice.of().envelope().sender(),
                number,
                at,
                advice.of().envelope().test(),
                false,
                List.of(new OutboundInterchange.Group(
                        GROUP,
                        code(group.receiverCode()),
                        code(group.senderCode()),
                        number,
                        "004010",
                        List.of(new OutboundInterchange.TransactionSet(
                                X12, ControlNumbers.onlySet(Standard.X12), segments))))));
    }

    /** What the interchange says stands for a code that is not of GS02's and GS03's form. */
    private static String code(String code) {
        return code.length() >= GS_CODE_MIN && code.length() <= GS_CODE_MAX ? code : "";
    }

    private static byte[] aperak(ApplicationAdvice advice, long number, Instant at) {
        EdifactAnswer answer = EdifactAnswer.to(advice.of());
        List<OutboundSegment> segments = new ArrayList<>();
        segments.add(OutboundSegment.of("BGM", "313", Long.toString(number), "9", "27"));
        segments.add(composites("DTM", List.of("137", DATE.format(at), "102")));
        segments.add(composites(
                "RFF", List.of("ACW", answer.or(advice.set().controlNumber(), EDIFACT_REFERENCE_CHARACTERS))));
        String document = answer.clean(advice.number(), EDIFACT_REFERENCE_CHARACTERS);
        if (!document.isEmpty()) {
            segments.add(composites("RFF", List.of(advice.subject().edifact(), document)));
        }
        for (ApplicationAdvice.Reason reason : advice.reasons()) {
            segments.add(composites("ERC", List.of(reason.condition().code(), "", "ZZZ")));
            segments.add(
                    composites("FTX", List.of("AAO"), List.of(), List.of(), text(answer.sentence(reason.sentence()))));
        }
        return answer.written(EDIFACT, syntax -> "D:96A:UN", segments, number, at);
    }

    /** One FTX holds no more; that something is left out is shown. */
    private static List<String> text(String sentence) {
        List<String> lines = lines(sentence, TEXT_CHARACTERS);
        if (lines.size() <= TEXT_LINES) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, TEXT_LINES - 1));
        shown.add(
                lines(lines.get(TEXT_LINES - 1), TEXT_CHARACTERS - CUT.length()).get(0) + CUT);
        return shown;
    }

    @SafeVarargs
    private static OutboundSegment composites(String tag, List<String>... composites) {
        List<Segment.Element> elements = new ArrayList<>();
        for (List<String> composite : composites) {
            elements.add(new Segment.Element(List.of(composite.isEmpty() ? List.of("") : composite)));
        }
        return new OutboundSegment(tag, elements);
    }

    /** Without what no element of text may have. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").replaceAll(" {2,}", " ").strip();
    }

    /** At least one, broken between words where they are not longer than a line. */
    static List<String> lines(String text, int charactersMax) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > charactersMax) {
            int blank = rest.lastIndexOf(' ', charactersMax);
            int end = blank > 0 ? blank : charactersMax;
            end = Character.isHighSurrogate(rest.charAt(end - 1)) ? end - 1 : end;
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty() || lines.isEmpty()) {
            lines.add(rest.isEmpty() ? "-" : rest);
        }
        return lines;
    }
}
