package io.lonja.consortium;

import io.lonja.alarm.Alarms;
import io.lonja.document.BookingCheck;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.document.RegisteredDocument;
import io.lonja.party.PartyId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a change of an order from counting that went, or goes, into a group order: what members asked for together is not
 * changed by one of them afterwards, so a person must settle it. Likewise an answer to a change of the operator's own order,
 * which the hub never sends.
 */
final class PooledChanges implements BookingCheck, DocumentListener {

    static final String CODE = "change-of-pooled-order";

    /** Beside the others of the consortium. */
    static final int STEP = 12;

    private final Consortia consortia;
    private final GroupOrders groupOrders;
    private final OrderedLines orderedLines;
    private final Alarms alarms;

    PooledChanges(Consortia consortia, GroupOrders groupOrders, OrderedLines orderedLines, Alarms alarms) {
        this.consortia = consortia;
        this.groupOrders = groupOrders;
        this.orderedLines = orderedLines;
        this.alarms = alarms;
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public Optional<MappingProblem> objection(DocumentAccepted candidate) {
        return sentence(candidate)
                .map(sentence -> MappingProblem.of(
                        CODE, sentence, "", 0, candidate.because().at().bytes()));
    }

    @Override
    public void held(DocumentAccepted candidate) {
        sentence(candidate).ifPresent(sentence -> alarms.open(alarm(candidate), sentence, candidate.recordedAt()));
    }

    @Override
    public int step() {
        return STEP;
    }

    /** It was settled and released. */
    @Override
    public void on(DocumentAccepted event) {
        if (concerned(event)) {
            alarms.close(alarm(event), event.recordedAt());
        }
    }

    private static boolean concerned(DocumentAccepted event) {
        DocumentType type = event.document().type();
        return type == DocumentType.ORDER_CHANGE || type == DocumentType.ORDER_CHANGE_RESPONSE;
    }

    private Optional<String> sentence(DocumentAccepted candidate) {
        if (!concerned(candidate)) {
            return Optional.empty();
        }
        String title = candidate.document().title();
        String order = String.join(", ", candidate.document().within());
        PartyId buyer = candidate.buyer();
        if (candidate.document().type() == DocumentType.ORDER_CHANGE_RESPONSE) {
            return consortia.boughtFor(buyer).isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "%s of %s answers a change of order %s, but orders of group orders are not changed; it is held. Ask %s what it means; if it answers the order itself, it should send an order response. Then release document %s to file it."
                                    .formatted(title, candidate.seller(), order, candidate.seller(), id(candidate)));
        }
        List<GroupOrder> pooled = groupOrders.pooling(buyer, order);
        if (pooled.isEmpty() && orderedLines.operator(candidate).isEmpty()) {
            return Optional.empty();
        }
        String where = pooled.isEmpty()
                ? "is to be pooled"
                : "is in group order %s (%s)"
                        .formatted(pooled.get(0).id(), pooled.get(0).state().wireName());
        return Optional.of(
                "%s of %s changes order %s, which %s, so it has no effect there; it is held. Settle it with %s: what it wants more of it can pledge or order anew while the group order is open, what it wants less of has to be agreed with the supplier or the other members. Then release document %s to file it."
                        .formatted(title, buyer, order, where, buyer, id(candidate)));
    }

    private static String id(DocumentAccepted event) {
        return RegisteredDocument.idOf(event.because().at().entry(), event.ordinal());
    }

    private static String alarm(DocumentAccepted event) {
        return CODE + ":" + id(event);
    }
}
