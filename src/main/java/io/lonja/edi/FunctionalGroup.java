package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;

/**
 * From GS to GE, or from UNG to UNE; messages of an interchange without groups stand in one that has no identifier.
 *
 * @param functionalIdentifier GS01: {@code PO}, {@code IN}, {@code FA}; UNG 0038: {@code ORDERS}; empty without UNG
 * @param controlNumber GS06 or UNG 0048, as written
 * @param version GS08, {@code 004010}, or UNG S008, {@code D96A}
 * @param declaredCount GE01 or UNE 0060 as written, empty when the trailer is missing
 * @param errors of its header and trailer, with their AK905 or UCF codes; any that is fatal refuses all its transaction sets
 */
public record FunctionalGroup(
        String functionalIdentifier,
        String senderCode,
        String receiverCode,
        String controlNumber,
        String version,
        String declaredCount,
        List<TransactionSet> transactionSets,
        List<SyntaxError> errors,
        ByteRange bytes) {

    /** No transaction set of it counts: AK901 = R. */
    public boolean refused() {
        return errors.stream().anyMatch(SyntaxError::fatal);
    }

    FunctionalGroup with(List<TransactionSet> sets) {
        return new FunctionalGroup(
                functionalIdentifier,
                senderCode,
                receiverCode,
                controlNumber,
                version,
                declaredCount,
                List.copyOf(sets),
                errors,
                bytes);
    }

    /** GS01 = FA, or nothing but CONTRL: it acknowledges what we sent, and is itself never acknowledged. */
    public boolean acknowledgment() {
        return functionalIdentifier.equals("FA")
                || !transactionSets.isEmpty()
                        && transactionSets.stream().allMatch(set -> set.type().equals(EdifactReader.ACKNOWLEDGMENT));
    }
}
