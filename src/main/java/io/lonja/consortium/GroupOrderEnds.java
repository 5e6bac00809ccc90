package io.lonja.consortium;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentRegister;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.OutgoingDocuments;
import io.lonja.document.RegisteredDocument;
import io.lonja.partner.ProfilesOfRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lets deadlines and closes take effect, and hands out the consolidated order. */
final class GroupOrderEnds implements Effect {

    private static final int STEP = 47;

    private final Consortia consortia;
    private final GroupOrders groupOrders;
    private final DocumentRegister documents;
    private final Letterhead letterhead;
    private final OutgoingDocuments outgoing;

    GroupOrderEnds(
            Consortia consortia,
            GroupOrders groupOrders,
            DocumentRegister documents,
            ProfilesOfRecord profiles,
            OutgoingDocuments outgoing) {
        this.consortia = consortia;
        this.groupOrders = groupOrders;
        this.documents = documents;
        this.letterhead = new Letterhead(profiles);
        this.outgoing = outgoing;
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(ConsortiumDecisions.DEADLINE) || type.equals(ConsortiumDecisions.CLOSED);
    }

    /** A second deadline or close of one group order, which two nodes may append, does nothing. */
    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(ConsortiumDecisions.DEADLINE)) {
            groupOrders
                    .find(CanonicalJson.read(payload, ConsortiumDecisions.Deadline.class)
                            .groupOrder())
                    .filter(groupOrder -> groupOrder.state() == GroupOrder.State.OPEN)
                    .ifPresent(groupOrder -> groupOrders.deadlinePassed(groupOrder.id(), entry.id()));
        } else {
            CommittedOrder committed = CanonicalJson.read(payload, CommittedOrder.class);
            groupOrders
                    .find(committed.groupOrder())
                    .filter(groupOrder -> groupOrder.state() == GroupOrder.State.CLOSING)
                    .ifPresent(groupOrder -> close(entry, groupOrder, committed));
        }
    }

    private void close(Entry entry, GroupOrder groupOrder, CommittedOrder committed) {
        List<Demand> demands = groupOrders.demands(groupOrder.id(), Optional.empty());
        Closing closing = new Closing(
                groupOrder,
                consortia.find(groupOrder.consortium()).orElseThrow(),
                consortia.agreement(groupOrder.agreement()).orElseThrow(),
                demands);
        groupOrders.close(committed, entry.id(), closing.allotments(committed));
        if (!committed.lapsed()) {
            List<DocumentRef> because = demands.stream()
                    .map(Demand::because)
                    .filter(Objects::nonNull)
                    .map(this::whole)
                    .distinct()
                    .toList();
            outgoing.issue(
                    new OutgoingDocument(
                            groupOrder.outgoingId(),
                            committed.operator(),
                            committed.supplier(),
                            letterhead.on(committed.document(), committed.operator(), committed.supplier()),
                            because),
                    entry.arrivedAt());
        }
    }

    /** The document that this line is of. */
    private DocumentRef whole(DocumentRef line) {
        return documents.of(line.at().entry()).stream()
                .filter(document ->
                        line.number().equals(document.number()) && document.state() == RegisteredDocument.State.BOOKED)
                .map(document -> line.at(document.at()))
                .findFirst()
                .orElse(line);
    }
}
