package io.lonja.partner;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryType;
import io.lonja.party.PartyId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a partner's profile became another, or that its folder was taken away.
 *
 * @param version of the profile; null when the partner is gone
 * @param profile null when the partner is gone
 */
record ProfileChange(
        String partner, @Nullable String version, @Nullable PartnerProfile profile) {

    static final EntryType TYPE = EntryType.fact("partner-profile");

    static ProfileChange to(PartyId partner, PartnerProfile profile) {
        return new ProfileChange(partner.value(), profile.version(), profile);
    }

    static ProfileChange gone(PartyId partner) {
        return new ProfileChange(partner.value(), null, null);
    }

    Draft draft() {
        return Draft.of(TYPE, Map.of("partner", partner), CanonicalJson.of(this));
    }
}
