package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;

/**
 * From ISA to IEA, or from UNB to UNZ.
 *
 * @param errors of the envelope itself; any that is {@link SyntaxError#fatal fatal} refuses the whole interchange
 * @param bytes in the payload
 */
public record Interchange(Envelope envelope, List<FunctionalGroup> groups, List<SyntaxError> errors, ByteRange bytes) {

    /** No transaction set of it counts: TA1 with R, CONTRL with 4. */
    public boolean refused() {
        return errors.stream().anyMatch(SyntaxError::fatal);
    }
}
