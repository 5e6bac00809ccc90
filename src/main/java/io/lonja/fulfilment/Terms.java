package io.lonja.fulfilment;

import io.lonja.partner.Agreement;
import io.lonja.partner.ProfilesOfRecord;
import io.lonja.partner.Tolerances;
import io.lonja.partner.TradingPartner;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What two parties agreed on when a document of theirs came. A later profile does not judge it anew.
 *
 * @param completeWithinDays after the requested delivery
 * @param tolerances of the seller's invoices
 * @param orderExpected whether the buyer sends its orders here, so that one nobody knows is missing
 */
record Terms(int completeWithinDays, Tolerances tolerances, boolean orderExpected) {

    private static final int COMPLETE_WITHIN_DAYS = 60;

    /**
     * The terms of this trade; empty where it is not followed: what is pooled for a consortium, and what its operator buys
     * and sells, is told by its group order.
     */
    static Optional<Terms> of(ProfilesOfRecord profiles, PartyId buyer, PartyId seller) {
        Optional<TradingPartner> buying = profiles.find(buyer);
        Optional<TradingPartner> selling = profiles.find(seller);
        boolean byAnOperator = Stream.of(buying, selling)
                .flatMap(Optional::stream)
                .anyMatch(partner -> partner.roles().contains(Role.OPERATOR));
        boolean pooled = agreements(buying, Agreement.Direction.INBOUND, "purchase-order")
                .anyMatch(agreement -> agreement.route() == Agreement.Route.CONSORTIUM);
        if (byAnOperator || pooled) {
            return Optional.empty();
        }
        int days = Stream.concat(
                        agreements(buying, Agreement.Direction.INBOUND, "purchase-order"),
                        agreements(selling, Agreement.Direction.OUTBOUND, "purchase-order"))
                .flatMap(agreement -> Optional.ofNullable(agreement.completeWithin()).stream())
                .map(within -> Math.toIntExact(within.toDays()))
                .findFirst()
                .orElse(COMPLETE_WITHIN_DAYS);
        Tolerances tolerances = agreements(selling, Agreement.Direction.INBOUND, "invoice")
                .flatMap(agreement -> Optional.ofNullable(agreement.tolerances()).stream())
                .findFirst()
                .orElse(Tolerances.NONE);
        return Optional.of(new Terms(
                days,
                tolerances,
                agreements(buying, Agreement.Direction.INBOUND, "purchase-order")
                        .findAny()
                        .isPresent()));
    }

    /** Whether the seller sends its invoices here, so that one nobody knows is missing. */
    static boolean invoicesExpected(ProfilesOfRecord profiles, PartyId seller) {
        return agreements(profiles.find(seller), Agreement.Direction.INBOUND, "invoice")
                .findAny()
                .isPresent();
    }

    private static Stream<Agreement> agreements(
            Optional<TradingPartner> partner, Agreement.Direction direction, String document) {
        return partner.stream()
                .flatMap(known -> known.agreements().stream())
                .filter(agreement -> agreement.direction() == direction
                        && agreement.document().equals(document));
    }
}
