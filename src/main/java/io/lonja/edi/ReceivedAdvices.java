package io.lonja.edi;

import io.lonja.edi.AcknowledgmentRead.Result;
import io.lonja.edi.ReceivedAdvice.About;
import io.lonja.edi.ReceivedAdvice.Reason;
import io.lonja.edi.ReceivedAdvice.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the 824 and APERAK that a partner sends, by what every guide of them has. Pure functions. */
final class ReceivedAdvices {

    private ReceivedAdvices() {}

    /** @param segments of a set or message that its guide did not refuse, in wire order */
    static ReceivedAdvice of(String type, List<Segment> segments) {
        return type.equals(AdviceWriter.X12) ? new Advice824().read(segments) : new Aperak().read(segments);
    }

    private static String words(String text, String more) {
        return text.isEmpty() || more.isEmpty() ? text + more : text + " " + more;
    }

    /** What is being read of one document. */
    private static final class Opinion {

        private final List<Reason> reasons = new ArrayList<>();
        private @Nullable Reason reason;

        void add(Reason next) {
            close();
            reason = next;
        }

        void place(String place) {
            if (reason != null) {
                reason = new Reason(reason.code(), reason.title(), place, reason.found(), reason.due(), reason.text());
            }
        }

        void text(String text) {
            Reason open = reason == null ? new Reason("", "", "", "", "", "") : reason;
            reason = new Reason(
                    open.code(), open.title(), open.place(), open.found(), open.due(), words(open.text(), text));
        }

        List<Reason> close() {
            if (reason != null && reasons.size() < About.REASONS_MAX) {
                reasons.add(reason);
            }
            reason = null;
            return List.copyOf(reasons);
        }
    }

    /** BGN; OTI with TED and NTE. */
    private static final class Advice824 {

        private static final int ITEM = 'I';

        private final List<About> about = new ArrayList<>();
        private @Nullable Segment oti;
        private Opinion opinion = new Opinion();

        ReceivedAdvice read(List<Segment> segments) {
            String number = "";
            for (Segment each : segments) {
                switch (each.id()) {
                    case "BGN" -> number = each.element(2);
                    case "OTI" -> {
                        close();
                        oti = each;
                    }
                    case "TED" ->
                        opinion.add(new Reason(
                                each.element(1), each.element(2), place(each), each.element(7), each.element(8), ""));
                    case "NTE" -> opinion.text(each.element(2));
                    default -> {} // Parties, references, dates and sums: the receipt has them.
                }
            }
            close();
            return new ReceivedAdvice(AdviceWriter.X12, number, about);
        }

        private static String place(Segment ted) {
            String segment = words(ted.element(4), ted.element(3));
            String element = ted.element(5);
            return (segment.isEmpty() ? "" : "segment " + segment)
                    + (segment.isEmpty() || element.isEmpty() ? "" : ", ")
                    + (element.isEmpty() ? "" : "element " + element);
        }

        private void close() {
            if (oti != null) {
                String verdict = oti.element(1);
                boolean item = !verdict.isEmpty() && verdict.charAt(0) == ITEM;
                about.add(new About(
                        result(verdict, item),
                        item,
                        oti.element(8),
                        oti.element(9),
                        oti.element(10),
                        List.of(new Reference(oti.element(2), oti.element(3))),
                        opinion.close()));
            }
            opinion = new Opinion();
        }

        /** The second letter counts; where an item is rejected, a part of the document is. What is not known accepts nothing. */
        private static Result result(String verdict, boolean item) {
            return switch (verdict.isEmpty() ? ' ' : verdict.charAt(verdict.length() - 1)) {
                case 'A' -> Result.ACCEPTED;
                case 'C' -> Result.ACCEPTED_WITH_CHANGES;
                case 'E' -> Result.ACCEPTED_WITH_ERRORS;
                case 'P' -> Result.PARTLY_ACCEPTED;
                default -> item ? Result.PARTLY_ACCEPTED : Result.REJECTED;
            };
        }
    }

    /** BGM, RFF, FTX; ERC with FTX, RFF. */
    private static final class Aperak {

        private static final String MESSAGE = "ACW";

        /** Of 4343, Response type, and of 1225, Message function, where others say it: 27 is "not accepted" there. */
        private static final Set<String> REFUSING = Set.of("27", "RE");

        private static final Set<String> ACCEPTING = Set.of("AP", "AD", "29");
        private static final Set<String> CHANGING = Set.of("AC", "AI", "34");
        private static final String ON_CONDITIONS = "CA";
        private static final int LINES = 5;

        private final Opinion opinion = new Opinion();
        private final List<Reference> references = new ArrayList<>();
        private String message = "";
        private boolean errors;

        ReceivedAdvice read(List<Segment> segments) {
            String number = "";
            String response = "";
            String function = "";
            for (Segment each : segments) {
                switch (each.id()) {
                    case "BGM" -> {
                        number = each.element(2);
                        function = each.element(3);
                        response = each.element(4);
                    }
                    case "RFF" -> reference(each);
                    case "ERC" -> {
                        errors = true;
                        opinion.add(new Reason(each.element(1), "", "", "", "", ""));
                    }
                    case "FTX" -> {
                        String text = text(each);
                        if (!text.isEmpty()) {
                            opinion.text(text);
                        }
                    }
                    default -> {} // Dates, parties and counts: the receipt has them.
                }
            }
            Result result = said(response, said(function, errors ? Result.REJECTED : Result.RECEIVED));
            return new ReceivedAdvice(
                    AdviceWriter.EDIFACT,
                    number,
                    List.of(new About(
                            result == Result.ACCEPTED && errors ? Result.ACCEPTED_WITH_ERRORS : result,
                            false,
                            "",
                            message,
                            "",
                            references,
                            opinion.close())));
        }

        private static Result said(String code, Result otherwise) {
            if (REFUSING.contains(code)) {
                return Result.REJECTED;
            }
            if (CHANGING.contains(code)) {
                return Result.ACCEPTED_WITH_CHANGES;
            }
            if (code.equals(ON_CONDITIONS)) {
                return Result.PARTLY_ACCEPTED;
            }
            return ACCEPTING.contains(code) ? Result.ACCEPTED : otherwise;
        }

        /** Before the first ERC what all of it is about, behind it what the reason is. */
        private void reference(Segment rff) {
            String qualifier = rff.component(1, 1);
            String number = rff.component(1, 2);
            if (errors) {
                String line = rff.component(1, 3);
                opinion.place("%s %s".formatted(qualifier, number).strip() + (line.isEmpty() ? "" : ", line " + line));
            } else if (qualifier.equals(MESSAGE)) {
                message = message.isEmpty() ? number : message;
            } else if (!number.isEmpty()) {
                references.add(new Reference(qualifier, number));
            }
        }

        /** The literal, or the code where there is none. */
        private static String text(Segment ftx) {
            String lines = IntStream.rangeClosed(1, LINES)
                    .mapToObj(line -> ftx.component(4, line))
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.joining(" "));
            return lines.isEmpty() ? ftx.component(3, 1) : lines;
        }
    }
}
