package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;

/**
 * From GS to GE.
 *
 * @param functionalIdentifier GS01: {@code PO}, {@code IN}, {@code FA}
 * @param controlNumber GS06, as written
 * @param version GS08: {@code 004010}
 * @param declaredCount GE01 as written, empty when the trailer is missing
 * @param errors of GS and GE, with their AK905 codes; any that is fatal refuses all its transaction sets
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

    /** GS01 = FA: it acknowledges what we sent, and is itself never acknowledged. */
    public boolean acknowledgment() {
        return functionalIdentifier.equals("FA");
    }
}
