package io.lonja.commission;

import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;

/**
 * Which version of which terms a figure was computed by.
 *
 * @param agreement the archived decision that made the terms
 * @param digest of the terms' canonical form
 */
public record RuleVersion(EntryId agreement, Sha256 digest) {}
