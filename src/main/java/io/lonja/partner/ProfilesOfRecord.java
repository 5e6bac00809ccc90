package io.lonja.partner;

import io.lonja.party.PartyId;
import java.util.Optional;

/**
 * The profiles as the archive has them at the entry that takes effect now. Effects of the books ask here, so that a replay
 * ends the same whatever the folders hold today.
 */
public interface ProfilesOfRecord {

    /** The newest version up to here; empty when the partner never was, or is gone. */
    Optional<TradingPartner> find(PartyId id);
}
