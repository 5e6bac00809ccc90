package io.lonja.edi;

import java.time.Instant;
import java.util.List;

/**
 * What {@link InterchangeWriter} makes an interchange of. All numbers are given; none is taken here.
 *
 * @param controlNumber ISA13, one to nine digits, or UNB 0020, one to fourteen characters
 * @param at ISA09 and ISA10, or UNB S004, in UTC
 * @param acknowledgmentRequested ISA14 or UNB 0031
 * @param groups at least one
 */
public record OutboundInterchange(
        OutboundSyntax syntax,
        WireParty sender,
        WireParty receiver,
        String controlNumber,
        Instant at,
        boolean test,
        boolean acknowledgmentRequested,
        List<Group> groups) {

    public OutboundInterchange {
        groups = List.copyOf(groups);
    }

    /**
     * From GS to GE, or from UNG to UNE; an EDIFACT group without identifier stands there without its envelope, as is
     * usual, and only says the version of its messages.
     *
     * @param identifier GS01, {@code PO}; or UNG 0038, {@code ORDERS}; may be empty in EDIFACT
     * @param senderCode GS02, UNG S006; empty is what the interchange says
     * @param receiverCode GS03, UNG S007; empty is what the interchange says
     * @param controlNumber GS06, one to nine digits, or UNG 0048
     * @param version GS08, {@code 004010}; or UNH S009 after the message type, {@code D:96A:UN} or {@code
     *     D:96A:UN:EAN008}
     * @param transactionSets at least one
     */
    public record Group(
            String identifier,
            String senderCode,
            String receiverCode,
            String controlNumber,
            String version,
            List<TransactionSet> transactionSets) {

        public Group {
            transactionSets = List.copyOf(transactionSets);
        }

        /** GS01 of a group of these transaction sets: {@code PO} of {@code 850}; empty where that is not known. */
        public static String identifierOf(String type) {
            return X12Versions.GROUP_OF.getOrDefault(type, "");
        }

        /** Messages without UNG and UNE. */
        public static Group without(String version, List<TransactionSet> messages) {
            return new Group("", "", "", "", version, messages);
        }
    }

    /**
     * What stands between ST and SE, or UNH and UNT; header, trailer and count are the writer's.
     *
     * @param type ST01, {@code 850}, or UNH S009.0065, {@code ORDERS}
     * @param controlNumber ST02, four to nine characters, or UNH 0062, one to fourteen
     * @param segments at least one
     */
    public record TransactionSet(String type, String controlNumber, List<OutboundSegment> segments) {

        public TransactionSet {
            segments = List.copyOf(segments);
        }
    }
}
