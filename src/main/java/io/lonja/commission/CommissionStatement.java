package io.lonja.commission;

import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;

/**
 * What a supplier owes for a period that is closed, line by line, each with the bytes that say so.
 *
 * @param id the archived decision that closed the period
 * @param digest of the content
 * @param content canonical JSON
 */
public record CommissionStatement(
        EntryId id, PartyId supplier, YearMonth period, Instant closedAt, Sha256 digest, String content) {

    public byte[] bytes() {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
