package io.lonja.partner;

import io.lonja.archive.EntryId;
import io.lonja.party.Identity;
import io.lonja.party.PartyId;
import java.util.List;
import java.util.Optional;

/** The partners that are live now. */
public interface TradingPartners {

    Optional<TradingPartner> find(PartyId id);

    /** The partner that bears this name on the wire. */
    Optional<TradingPartner> bearing(Identity identity);

    /** In order of their ids. */
    List<TradingPartner> all();

    /** Whether any partner came, went or got another profile after this entry. */
    boolean changedSince(EntryId entry);
}
