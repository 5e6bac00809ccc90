package io.lonja.portal.api;

import io.lonja.consortium.Consortia;
import io.lonja.consortium.GroupOrder;
import io.lonja.consortium.GroupOrderView;
import io.lonja.consortium.GroupOrders;
import io.lonja.consortium.GroupResponses;
import io.lonja.consortium.SupplyAgreement;
import io.lonja.consortium.UnmatchedLine;
import io.lonja.party.PartyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what a group order looks like to one pair of eyes. */
record GroupOrderViews(Consortia consortia, GroupOrders groupOrders, GroupResponses responses) {

    /** @param eyes of a member or of the supplier; null for the operator's */
    Map<String, @Nullable Object> of(GroupOrder groupOrder, @Nullable PartyId eyes) {
        return GroupOrderView.of(
                groupOrder,
                agreement(groupOrder),
                groupOrders.demands(groupOrder.id(), Optional.empty()),
                unmatched(groupOrder, eyes),
                responses.of(groupOrder.id()),
                eyes);
    }

    SupplyAgreement agreement(GroupOrder groupOrder) {
        return consortia
                .agreement(groupOrder.agreement())
                .orElseThrow(() -> new IllegalStateException("No agreement of group order " + groupOrder.id()));
    }

    /** Lines that came while it was open and are in no group order. */
    private List<UnmatchedLine> unmatched(GroupOrder groupOrder, @Nullable PartyId eyes) {
        return groupOrders.unmatched(groupOrder.operator()).stream()
                .filter(line -> eyes == null || line.buyer().equals(eyes))
                .filter(line -> !line.recordedAt().isBefore(groupOrder.openedAt()))
                .filter(line -> groupOrder.deadlineEntry() == null
                        || line.because().at().entry().compareTo(groupOrder.deadlineEntry()) < 0)
                .toList();
    }
}
