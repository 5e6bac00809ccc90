package io.lonja.edi.checker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the envelope segments of one interchange enclose, by the standard alone and without any judgement.
 *
 * @param header ISA or UNB
 * @param notes TA1
 * @param trailer IEA or UNZ
 */
public record PlainInterchange(
        PlainSegment header, List<Group> groups, List<PlainSegment> notes, Optional<PlainSegment> trailer) {

    private static final int ISA_ELEMENTS = 16;
    private static final int UNA_CHARACTERS = 9;

    /** @param header GS or UNG; empty for EDIFACT messages without group */
    public record Group(Optional<PlainSegment> header, List<Set> sets, Optional<PlainSegment> trailer) {}

    /** @param segments from ST or UNH to SE or UNT */
    public record Set(List<PlainSegment> segments, Optional<PlainSegment> trailer) {

        PlainSegment header() {
            return segments.get(0);
        }
    }

    /** @param bytes from the first byte of ISA, UNA or UNB on */
    public static PlainInterchange of(byte[] bytes, Separators by) {
        String wire = new String(bytes, ISO_8859_1);
        return wire.startsWith("ISA") ? x12(wire, by) : edifact(wire, by);
    }

    private static PlainInterchange x12(String wire, Separators by) {
        List<String> elements = new ArrayList<>();
        int at = 4;
        while (elements.size() < ISA_ELEMENTS - 1) {
            int end = wire.indexOf(by.element(), at);
            elements.add(wire.substring(at, end));
            at = end + 1;
        }
        int to = at + (by.component() == 0 ? 1 : 2);
        elements.add(by.component() == 0 ? "" : wire.substring(at, at + 1));
        PlainSegment isa = new PlainSegment(
                "ISA",
                0,
                to,
                elements,
                elements.stream().map(element -> List.of(List.of(element))).toList());
        Building building = new Building("GS", "GE", "ST", "SE", "IEA", false);
        PlainSegment.split(wire, to, wire.length(), by).forEach(building::take);
        return building.interchange(isa);
    }

    private static PlainInterchange edifact(String wire, Separators by) {
        int from = wire.startsWith("UNA") ? UNA_CHARACTERS : 0;
        List<PlainSegment> segments = PlainSegment.split(wire, from, wire.length(), by);
        Building building = new Building("UNG", "UNE", "UNH", "UNT", "UNZ", true);
        segments.subList(1, segments.size()).forEach(building::take);
        return building.interchange(segments.get(0));
    }

    /** Where the reading of the envelopes stands. */
    private static final class Building {

        private final String groupTag;
        private final String groupTrailerTag;
        private final String setTag;
        private final String setTrailerTag;
        private final String trailerTag;
        private final boolean setsWithoutGroup;
        private final List<Group> groups = new ArrayList<>();
        private final List<PlainSegment> notes = new ArrayList<>();
        private Optional<PlainSegment> trailer = Optional.empty();
        private Optional<PlainSegment> group = Optional.empty();
        private boolean inGroup;
        private List<Set> sets = new ArrayList<>();
        private List<PlainSegment> set = new ArrayList<>();

        Building(
                String groupTag,
                String groupTrailerTag,
                String setTag,
                String setTrailerTag,
                String trailerTag,
                boolean setsWithoutGroup) {
            this.groupTag = groupTag;
            this.groupTrailerTag = groupTrailerTag;
            this.setTag = setTag;
            this.setTrailerTag = setTrailerTag;
            this.trailerTag = trailerTag;
            this.setsWithoutGroup = setsWithoutGroup;
        }

        void take(PlainSegment segment) {
            String tag = capital(segment.tag());
            if (trailer.isPresent()) {
                return;
            }
            if (tag.equals(trailerTag)) {
                closeGroup(Optional.empty());
                trailer = Optional.of(segment);
            } else if (tag.equals(groupTag)) {
                closeGroup(Optional.empty());
                group = Optional.of(segment);
                inGroup = true;
            } else if (tag.equals(groupTrailerTag)) {
                if (group.isPresent()) {
                    closeGroup(Optional.of(segment));
                }
            } else if (tag.equals(setTag)) {
                closeSet(Optional.empty());
                inGroup |= setsWithoutGroup;
                if (inGroup) {
                    set.add(segment);
                }
            } else if (!set.isEmpty()) {
                set.add(segment);
                if (tag.equals(setTrailerTag)) {
                    closeSet(Optional.of(segment));
                }
            } else if (tag.equals("TA1") && !inGroup) {
                notes.add(segment);
            }
        }

        /** A tag in small letters is meant as the same in capital ones. */
        private static String capital(String tag) {
            return tag.matches("[a-z][a-z0-9]{1,2}") ? tag.toUpperCase(Locale.ROOT) : tag;
        }

        private void closeSet(Optional<PlainSegment> by) {
            if (!set.isEmpty()) {
                sets.add(new Set(set, by));
                set = new ArrayList<>();
            }
        }

        private void closeGroup(Optional<PlainSegment> by) {
            closeSet(Optional.empty());
            if (inGroup) {
                groups.add(new Group(group, sets, by));
            }
            sets = new ArrayList<>();
            group = Optional.empty();
            inGroup = false;
        }

        PlainInterchange interchange(PlainSegment header) {
            closeGroup(Optional.empty());
            return new PlainInterchange(header, groups, notes, trailer);
        }
    }
}
