package io.lonja.mapping;

import io.lonja.document.BusinessDocument;
import io.lonja.document.BusinessDocument.Party;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentType;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.OutgoingDocuments;
import io.lonja.partner.Agreement;
import io.lonja.partner.ProfilesOfRecord;
import io.lonja.partner.TradingPartner;
import io.lonja.party.Identity;
import io.lonja.party.Identity.Scheme;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sends a document on to the other party that it names, in that one's own guide, where the sender's agreement says so.
 * Which agreement holds is a matter of record: a replay of the archive asks the profiles of that time.
 */
record Forwarding(ProfilesOfRecord profiles, OutgoingDocuments outgoing) implements DocumentListener {

    /** Of the ids of documents that are sent on. */
    static final String PREFIX = "forward-";

    @Override
    public int step() {
        return 40;
    }

    @Override
    public void on(DocumentAccepted event) {
        PartyId sender = event.because().sender();
        PartyId to = event.document().type() == DocumentType.PURCHASE_ORDER
                        || event.document().type() == DocumentType.REQUEST_FOR_QUOTATION
                        || PartyFinder.selfBilled(event.document())
                ? event.seller()
                : event.buyer();
        boolean sentOn = profiles.find(sender).stream()
                .flatMap(partner -> partner.agreements().stream())
                .anyMatch(agreement -> agreement.direction() == Agreement.Direction.INBOUND
                        && agreement.document().equals(event.document().type().wireName())
                        && agreement.route() != null
                        && agreement.route().toPartner());
        if (sentOn
                && !to.equals(sender)
                && profiles.find(to).filter(Forwarding::isPartner).isPresent()) {
            outgoing.issue(
                    new OutgoingDocument(
                            String.format(Locale.ROOT, "%s%s-%d", PREFIX, event.fact(), event.ordinal()),
                            sender,
                            to,
                            naming(event),
                            List.of(event.because())),
                    event.recordedAt());
        }
    }

    /** The operator buys in its own name: what is addressed to it has arrived. */
    private static boolean isPartner(TradingPartner to) {
        return !to.roles().contains(Role.OPERATOR);
    }

    /** Who buys and who sells, where only the envelope said so: the next envelope says other names. */
    private BusinessDocument naming(DocumentAccepted event) {
        BusinessDocument document = event.document();
        SortedMap<String, Party> parties = new TreeMap<>(document.parties());
        profiles.find(event.buyer()).ifPresent(buyer -> parties.putIfAbsent("buyer", party(buyer)));
        profiles.find(event.seller()).ifPresent(seller -> parties.putIfAbsent("seller", party(seller)));
        return document.withParties(parties);
    }

    private static Party party(TradingPartner partner) {
        SortedMap<String, String> codes = new TreeMap<>();
        partner.identities().stream()
                .filter(identity -> identity.scheme() == Scheme.GLN || identity.scheme() == Scheme.DUNS)
                .sorted(Comparator.comparing(Identity::toString).reversed())
                .limit(1)
                .forEach(identity -> codes.put(identity.scheme().name().toLowerCase(Locale.ROOT), identity.value()));
        return new Party(partner.name(), codes, List.of());
    }
}
