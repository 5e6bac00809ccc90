package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.document.DocumentRegister;
import io.lonja.document.OutgoingDocuments;
import io.lonja.document.RegisteredDocument;
import io.lonja.edi.AcknowledgmentState;
import io.lonja.edi.AwaitedAcknowledgments;
import io.lonja.fulfilment.Fulfilment;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the life of an order to one pair of eyes: its documents as they came, how each was acknowledged, and what was sent on
 * because of it.
 */
record OrderLife(
        Fulfilment fulfilment,
        DocumentRegister documents,
        OutgoingDocuments outgoing,
        Deliveries deliveries,
        AwaitedAcknowledgments acknowledgments) {

    private static final int DOCUMENTS_MAX = 500;

    /** Of the document that was asked for and those beside it, oldest first. */
    record View(String document, List<Told> documents) {}

    /**
     * A document.
     *
     * @param acknowledgments what the hub answered to its sender; for that one's eyes, and the operator's
     * @param sent because of it; for the eyes of its sender, of whom it was sent to, and the operator's
     */
    record Told(
            String id,
            String type,
            @Nullable String number,
            @Nullable LocalDate date,
            String partner,
            @Nullable String counterparty,
            @Nullable Money total,
            String status,
            String interchange,
            Instant recordedAt,
            List<Acknowledgment> acknowledgments,
            List<Sent> sent) {}

    /** A 997, a CONTRL, a TA1, an MDN. */
    record Acknowledgment(String delivery, String kind, String status, Instant at) {}

    /**
     * A copy, or an answer.
     *
     * @param delivery absent while it is not written yet, and with it how far it came
     * @param acknowledgment by whom it was sent to; absent when none is expected and none came
     */
    record Sent(
            String to,
            String type,
            String number,
            @Nullable String delivery,
            @Nullable String status,
            @Nullable Instant at,
            DeliveriesResource.@Nullable Acknowledged acknowledgment) {}

    View of(RegisteredDocument asked, Caller caller) {
        Set<String> ids = new LinkedHashSet<>(fulfilment.besides(asked.id(), DOCUMENTS_MAX));
        ids.add(asked.id());
        PartyId eyes = caller.isOperator() ? null : caller.party().orElseThrow(Parameter::nothingToSee);
        return new View(
                asked.id(),
                ids.stream()
                        .map(id -> documents.find(id, eyes))
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(RegisteredDocument::recordedAt)
                                .thenComparing(RegisteredDocument::receipt)
                                .thenComparing(RegisteredDocument::id))
                        .map(document -> told(document, caller))
                        .toList());
    }

    private Told told(RegisteredDocument document, Caller caller) {
        PartyId counterparty = document.counterparty();
        return new Told(
                document.id(),
                document.type().wireName(),
                document.number(),
                document.date(),
                document.partner().value(),
                counterparty == null ? null : counterparty.value(),
                document.total(),
                document.state().wireName(),
                document.receipt().toString(),
                document.recordedAt(),
                answers(document.receipt(), caller),
                sent(document, caller));
    }

    private List<Acknowledgment> answers(EntryId receipt, Caller caller) {
        return deliveries.about(receipt).stream()
                .filter(delivery -> caller.maySee(delivery.owed().to()))
                .filter(delivery -> delivery.owed().by() == null || caller.isOperator())
                .map(delivery -> new Acknowledgment(
                        delivery.owed().id().toString(), delivery.owed().kind(), delivery.status(), delivery.at()))
                .toList();
    }

    private List<Sent> sent(RegisteredDocument document, Caller caller) {
        List<Sent> told = new ArrayList<>();
        for (OutgoingDocuments.Sent copy : outgoing.becauseOf(document)) {
            if (!caller.maySee(document.partner()) && !caller.maySee(copy.to())) {
                continue;
            }
            EntryId evidence = copy.evidence();
            Delivery delivery =
                    evidence == null ? null : deliveries.find(evidence).orElse(null);
            AcknowledgmentState said = evidence == null
                    ? null
                    : acknowledgments.of(evidence, copy.number()).orElse(null);
            told.add(new Sent(
                    copy.to().value(),
                    copy.type().wireName(),
                    copy.number(),
                    evidence == null ? null : evidence.toString(),
                    delivery == null ? null : delivery.status(),
                    delivery == null ? null : delivery.at(),
                    said == null ? null : DeliveriesResource.Acknowledged.of(said)));
        }
        return told;
    }
}
