package io.lonja.mapping;

import io.lonja.edi.Standard;
import io.lonja.edi.WireParty;
import io.lonja.party.Identity;
import io.lonja.party.Identity.Scheme;
import java.util.List;
import java.util.Optional;

/** How the names of a partner's profile stand in envelopes, and which name of a profile an envelope means. */
final class EnvelopeNames {

    /** UNB 0007 of a Global Location Number. */
    private static final String GS1 = "14";

    private EnvelopeNames() {}

    /** The name in the envelopes of this standard; empty when it is none. A GLN needs no qualifier in a profile. */
    static Optional<WireParty> of(Identity identity, Standard standard) {
        if (standard != Standard.UBL && identity.scheme() == scheme(standard)) {
            return Optional.of(new WireParty(identity.qualifier(), identity.value()));
        }
        return identity.scheme() == Scheme.GLN && standard == Standard.EDIFACT
                ? Optional.of(new WireParty(GS1, identity.value()))
                : Optional.empty();
    }

    /**
     * The names of profiles that this name in an envelope can mean, the most exact first. UBL has no envelope: there it is
     * the address in a network, whose schemes are those of ISO 6523.
     */
    static List<Identity> meant(WireParty name, Standard standard) {
        Identity exact = new Identity(scheme(standard), name.qualifier(), name.value());
        if (standard == Standard.UBL) {
            return switch (name.qualifier()) {
                case "0088" -> List.of(new Identity(Scheme.GLN, "", name.value()));
                case "0060" -> List.of(new Identity(Scheme.DUNS, "", name.value()));
                default -> List.of();
            };
        }
        return standard == Standard.EDIFACT && name.qualifier().equals(GS1)
                ? List.of(exact, new Identity(Scheme.GLN, "", name.value()))
                : List.of(exact);
    }

    private static Scheme scheme(Standard standard) {
        return standard == Standard.X12 ? Scheme.X12 : Scheme.EDIFACT;
    }
}
