package io.lonja.edi;

import java.util.List;

/**
 * All that was found in one payload.
 *
 * @param interchanges in wire order; empty when the payload is not EDI
 * @param errors what stands outside every interchange: not EDI at all, junk before, between or after
 */
public record Reading(List<Interchange> interchanges, List<SyntaxError> errors) {}
