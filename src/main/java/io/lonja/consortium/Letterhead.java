package io.lonja.consortium;

import io.lonja.document.BusinessDocument.Party;
import io.lonja.document.PricedDocument;
import io.lonja.partner.ProfilesOfRecord;
import io.lonja.partner.TradingPartner;
import io.lonja.party.Identity;
import io.lonja.party.Identity.Scheme;
import io.lonja.party.PartyId;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names buyer and seller on what a consortium sends, by the codes under which their partners find them again. */
final class Letterhead {

    private final ProfilesOfRecord profiles;

    Letterhead(ProfilesOfRecord profiles) {
        this.profiles = profiles;
    }

    PricedDocument on(PricedDocument document, PartyId buyer, PartyId seller) {
        SortedMap<String, Party> parties = new TreeMap<>(document.parties());
        profiles.find(buyer).ifPresent(partner -> parties.merge("buyer", party(partner), Letterhead::named));
        profiles.find(seller).ifPresent(partner -> parties.merge("seller", party(partner), Letterhead::named));
        return document.withParties(parties);
    }

    /** The document's own name for a party, with the codes of its profile. */
    private static Party named(Party said, Party profile) {
        return new Party(said.name() == null ? profile.name() : said.name(), profile.codes(), said.address());
    }

    private static Party party(TradingPartner partner) {
        SortedMap<String, String> codes = new TreeMap<>();
        partner.identities().stream()
                .filter(identity -> identity.scheme() == Scheme.GLN
                        || identity.scheme() == Scheme.DUNS
                        || identity.scheme() == Scheme.X12
                                && identity.qualifier().equals("ZZ"))
                .min(Comparator.comparingInt((Identity identity) -> rank(identity.scheme()))
                        .thenComparing(Identity::value))
                .ifPresent(identity -> codes.put(code(identity.scheme()), identity.value()));
        return new Party(partner.name(), codes, List.of());
    }

    private static int rank(Scheme scheme) {
        return scheme == Scheme.GLN ? 0 : scheme == Scheme.DUNS ? 1 : 2;
    }

    private static String code(Scheme scheme) {
        return scheme == Scheme.GLN ? "gln" : scheme == Scheme.DUNS ? "duns" : "agreed";
    }
}
