package io.lonja.edi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes CONTRL: back to the sender, in its syntax version and character set as far as these are known. There is no
 * <em>accepted with errors</em> in EDIFACT: leniencies are not told.
 */
final class EdifactAcknowledgments implements AcknowledgmentWriter {

    private static final String REFUSED = "4";
    private static final String ACKNOWLEDGED = "7";
    private static final String UNSPECIFIED_ERROR = "18";
    private static final String INVALID_DECIMAL_NOTATION = "19";
    private static final String INVALID_TYPE_OF_CHARACTER = "37";
    private static final Pattern WITH_MARK = Pattern.compile("-?[0-9]*[.,][0-9]*");

    private static final int SEGMENT_NOTES_MAX = 999;
    private static final int ELEMENT_NOTES_MAX = 99;

    @Override
    public Optional<byte[]> functional(
            Interchange of, FunctionalAcknowledgment agreed, long controlNumber, Instant at) {
        List<FunctionalGroup> groups =
                of.groups().stream().filter(group -> !group.acknowledgment()).toList();
        if (of.refused() || groups.isEmpty()) {
            return Optional.empty();
        }
        EdifactAnswer repeated = EdifactAnswer.to(of);
        List<OutboundSegment> segments = new ArrayList<>();
        boolean setAside = WholeInterchange.setAside(of);
        segments.add(header(of, repeated, setAside ? REFUSED : ACKNOWLEDGED, List.of()));
        for (FunctionalGroup group : groups) {
            if (setAside && group.transactionSets().stream().allMatch(WholeInterchange::setAside)) {
                continue; // UCI 4 refuses what is below it; only what is at fault is named.
            }
            if (!group.functionalIdentifier().isEmpty()) {
                segments.add(group(group, setAside || group.refused(), repeated));
            }
            if (!group.refused()) {
                group.transactionSets().stream()
                        .filter(set -> !set.type().equals(EdifactReader.ACKNOWLEDGMENT))
                        .filter(set -> !WholeInterchange.setAside(set))
                        .forEach(set -> message(segments, set, repeated));
            }
        }
        return Optional.of(written(of, segments, controlNumber, at));
    }

    @Override
    public byte[] interchange(Interchange of, String noteCode, long controlNumber, Instant at) {
        List<String> place = of.refusal()
                .filter(error -> error.code().edifactCode().equals(noteCode))
                .map(EdifactAcknowledgments::serviceSegment)
                .orElse(List.of());
        List<String> reason = Stream.concat(Stream.of(noteCode), place.stream()).toList();
        return written(of, List.of(header(of, EdifactAnswer.to(of), REFUSED, reason)), controlNumber, at);
    }

    private static byte[] written(Interchange of, List<OutboundSegment> segments, long controlNumber, Instant at) {
        return EdifactAnswer.to(of)
                .written(
                        EdifactReader.ACKNOWLEDGMENT,
                        version -> version == 4 ? "4:1:UN" : "D:3:UN",
                        segments,
                        controlNumber,
                        at);
    }

    /** UCI. */
    private static OutboundSegment header(Interchange of, EdifactAnswer repeated, String action, List<String> reason) {
        WireParty sender = repeated.party(of.envelope().sender());
        WireParty receiver = repeated.party(of.envelope().receiver());
        return segment(
                "UCI",
                List.of(repeated.or(of.envelope().controlNumber(), 14)),
                List.of(sender.value(), sender.qualifier()),
                List.of(receiver.value(), receiver.qualifier()),
                List.of(action),
                reason);
    }

    /** UCF. */
    private static OutboundSegment group(FunctionalGroup group, boolean refused, EdifactAnswer repeated) {
        List<String> reason = group.errors().stream()
                .filter(SyntaxError::fatal)
                .findFirst()
                .map(error -> Stream.concat(Stream.of(code(error)), serviceSegment(error).stream())
                        .toList())
                .orElse(List.of());
        return segment(
                "UCF",
                List.of(repeated.or(group.controlNumber(), 14)),
                List.of(repeated.or(group.senderCode(), 35)),
                List.of(repeated.or(group.receiverCode(), 35)),
                List.of(refused ? REFUSED : ACKNOWLEDGED),
                reason);
    }

    /** UCM, and UCS and UCD for what is wrong in it. */
    private static void message(List<OutboundSegment> segments, TransactionSet set, EdifactAnswer repeated) {
        boolean refused = set.verdict() instanceof Verdict.Refused;
        List<SyntaxError> errors = set.verdict().errors();
        List<String> reason = List.of();
        if (refused) {
            reason = errors.stream()
                    .filter(error -> error.fatal() && !inside(error))
                    .findFirst()
                    .map(error -> Stream.concat(Stream.of(code(error)), serviceSegment(error).stream())
                            .toList())
                    .orElse(
                            errors.stream().anyMatch(EdifactAcknowledgments::inside)
                                    ? List.of()
                                    : List.of(UNSPECIFIED_ERROR));
        }
        Segment unh = (Segment) set.content().nodes().get(0);
        segments.add(segment(
                "UCM",
                List.of(repeated.or(set.controlNumber(), 14)),
                List.of(
                        repeated.or(unh.component(2, 1), 6),
                        repeated.or(unh.component(2, 2), 3),
                        repeated.or(unh.component(2, 3), 3),
                        repeated.or(unh.component(2, 4), 3),
                        repeated.clean(unh.component(2, 5), 6)),
                List.of(refused ? REFUSED : ACKNOWLEDGED),
                reason));
        if (refused) {
            segmentNotes(
                    segments,
                    errors.stream().filter(EdifactAcknowledgments::inside).toList());
        }
    }

    private static void segmentNotes(List<OutboundSegment> segments, List<SyntaxError> errors) {
        int next = 0;
        for (int notes = 0; next < errors.size() && notes < SEGMENT_NOTES_MAX; notes++) {
            int position = position(errors.get(next));
            int to = next;
            Set<String> codes = new LinkedHashSet<>();
            while (to < errors.size() && position(errors.get(to)) == position) {
                if (errors.get(to).element() == 0) {
                    codes.add(errors.get(to).code().edifactCode());
                }
                to++;
            }
            segments.add(segment(
                    "UCS",
                    List.of(Integer.toString(position)),
                    List.of(codes.stream().findFirst().orElse(""))));
            errors.subList(next, to).stream()
                    .filter(error -> error.element() > 0)
                    .limit(ELEMENT_NOTES_MAX)
                    .forEach(error -> segments.add(segment("UCD", List.of(elementCode(error)), place(error))));
            next = to;
        }
    }

    /** Characters that stand nowhere are told from letters in a number, and from the wrong decimal mark. */
    private static String elementCode(SyntaxError error) {
        if (error.code() != ErrorCode.INVALID_CHARACTER || error.found().chars().anyMatch(c -> c < ' ' || c >= 0x7F)) {
            return error.code().edifactCode();
        }
        return WITH_MARK.matcher(error.found()).matches() ? INVALID_DECIMAL_NOTATION : INVALID_TYPE_OF_CHARACTER;
    }

    /** Of a missing segment the last one before it. */
    private static int position(SyntaxError error) {
        return error.code() == ErrorCode.MANDATORY_SEGMENT_MISSING ? Math.max(1, error.segment() - 1) : error.segment();
    }

    private static boolean inside(SyntaxError error) {
        return !error.code().segmentCode().isEmpty()
                || !error.code().elementCode().isEmpty();
    }

    private static String code(SyntaxError error) {
        return error.code().edifactCode().isEmpty()
                ? UNSPECIFIED_ERROR
                : error.code().edifactCode();
    }

    /** Tag and place behind a code: {@code UNB+2:1}; empty where the fault lies in no segment of the envelope. */
    private static List<String> serviceSegment(SyntaxError error) {
        if (!error.segmentId().matches("UN[BZGEHT]")) {
            return List.of();
        }
        List<String> reason = new ArrayList<>(List.of(error.segmentId()));
        if (error.element() > 0) {
            reason.addAll(place(error));
        }
        return reason;
    }

    /** S011: the tag counts as the first element. */
    private static List<String> place(SyntaxError error) {
        String element = Integer.toString(Math.min(error.element() + 1, 999));
        return error.component() > 0
                ? List.of(element, Integer.toString(Math.min(error.component(), 999)))
                : List.of(element);
    }

    /**
     * The last one is a reason: code, tag of the service segment, element and component, as far as known; or a composite
     * like the others.
     */
    @SafeVarargs
    private static OutboundSegment segment(String tag, List<String>... elements) {
        List<Segment.Element> written = new ArrayList<>();
        for (int i = 0; i < elements.length; i++) {
            boolean reason = i == elements.length - 1 && tag.matches("UC[IFM]");
            if (reason) {
                elements[i].stream().limit(2).forEach(text -> written.add(new Segment.Element(List.of(List.of(text)))));
                if (elements[i].size() > 2) {
                    written.add(new Segment.Element(List.of(elements[i].subList(2, elements[i].size()))));
                }
            } else {
                written.add(new Segment.Element(List.of(elements[i])));
            }
        }
        return new OutboundSegment(tag, written);
    }
}
