package io.lonja.edi;

import java.util.Map;

/** How X12 names its versions and transaction sets: GS08, ST03, and which functional group holds which set. */
final class X12Versions {

    /** GS01 of a group of acknowledgments. */
    static final String ACKNOWLEDGING = "FA";

    /** ST03 has at most so many. */
    static final int IMPLEMENTATION_CHARACTERS = 35;

    /** GS01 by ST01. */
    static final Map<String, String> GROUP_OF = Map.ofEntries(
            Map.entry("850", "PO"),
            Map.entry("810", "IN"),
            Map.entry("812", "CD"),
            Map.entry("820", "RA"),
            Map.entry("855", "PR"),
            Map.entry("856", "SH"),
            Map.entry("861", "RC"),
            Map.entry("824", "AG"),
            Map.entry("997", ACKNOWLEDGING),
            Map.entry("999", ACKNOWLEDGING));

    private static final int RELEASE_CHARACTERS = 6;
    private static final int VERSION_CHARACTERS = 12;
    private static final String IMPLEMENTATIONS_SINCE = "005010";

    private X12Versions() {}

    /** Whether it has version and release, six digits, and at most six more characters: {@code 005010X222A1}. */
    static boolean wellFormed(String version) {
        return version.length() >= RELEASE_CHARACTERS
                && version.length() <= VERSION_CHARACTERS
                && Wire.digits(release(version), RELEASE_CHARACTERS, RELEASE_CHARACTERS)
                && version.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** {@code 005010} of {@code 005010X222A1}; what is shorter stays as it is. */
    static String release(String version) {
        return version.substring(0, Math.min(version.length(), RELEASE_CHARACTERS));
    }

    /** Whether sets of this version may name their implementation in ST03, and acknowledgments of 005010 answer it. */
    static boolean since5010(String version) {
        return wellFormed(version) && release(version).compareTo(IMPLEMENTATIONS_SINCE) >= 0;
    }

    /** 997, Functional Acknowledgment, or 999, Implementation Acknowledgment. */
    static boolean acknowledges(String type) {
        return ACKNOWLEDGING.equals(GROUP_OF.get(type));
    }

    /** The transaction set that such a group holds; empty when that is not known, or more than one. */
    static String setOf(String group) {
        return GROUP_OF.entrySet().stream()
                .filter(entry -> entry.getValue().equals(group) && !group.equals(ACKNOWLEDGING))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** The folder that a guide would have: {@code x12-005010-850}. */
    static String guide(String version, String type) {
        return "x12-%s-%s".formatted(release(version), type);
    }
}
