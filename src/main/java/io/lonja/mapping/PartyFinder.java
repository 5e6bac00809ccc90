package io.lonja.mapping;

import io.lonja.document.BusinessDocument;
import io.lonja.document.BusinessDocument.Party;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.edi.InterchangeRead;
import io.lonja.edi.Segment;
import io.lonja.edi.Standard;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.WireParty;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.Identity;
import io.lonja.party.Identity.Scheme;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who buys and who sells: whom the document names by a code that a partner bears (D-U-N-S, GLN, agreed), else whom the
 * envelope names. A buyer issues requests for quotation, orders, changes of them, receiving and remittance advices and self-billed invoices, a seller
 * everything else. Whoever issues a document is by default its sender; the other side is by default its receiver, unless that
 * is the hub itself.
 *
 * @param hub the hub's own names on the wire, by standard
 */
record PartyFinder(TradingPartners partners, Map<Standard, WireParty> hub) {

    private static final int DUNS_DIGITS = 9;

    /** The codes that can name a partner, and how a partner's profile writes them. */
    private static final Map<String, Function<String, Identity>> CODES = Map.of(
            "duns", code -> new Identity(Scheme.DUNS, "", code),
            "duns-plus-4",
                    code -> new Identity(
                            Scheme.DUNS, "", code.length() > DUNS_DIGITS ? code.substring(0, DUNS_DIGITS) : code),
            "gln", code -> new Identity(Scheme.GLN, "", code));

    /** A code that two parties agreed on is one of their names in envelopes. */
    private static final String AGREED = "agreed";

    /** The qualifiers of such names, X12 I05 and EDIFACT 0007. */
    private static final Map<Standard, List<String>> MUTUALLY_DEFINED =
            Map.of(Standard.X12, List.of("ZZ"), Standard.EDIFACT, List.of("ZZZ", "ZZ", ""));

    /** Buyer and seller as far as known; {@code problems} says what is missing. */
    record Found(@Nullable PartyId buyer, @Nullable PartyId seller, List<MappingProblem> problems) {}

    Found find(BusinessDocument document, PartyId sender, InterchangeRead.Decided interchange, TransactionSet set) {
        List<MappingProblem> problems = new ArrayList<>();
        boolean selfBilled = selfBilled(document);
        boolean byBuyer = byBuyer(document);
        PartyId issuer = byBuyer
                ? named(document, interchange, issuingRoles(document.type())).orElse(sender)
                : named(document, interchange, "seller", "remit-to").orElse(sender);
        PartyId other = (byBuyer
                        ? named(document, interchange, sellerRoles(document.type()))
                        : named(document, interchange, buyerRoles(document.type())))
                .or(() -> receiver(interchange))
                .orElse(null);
        if (!issuer.equals(sender) && !mayIssueForOthers(sender)) {
            problems.add(problem(
                    set,
                    "issuer-differs",
                    "%s was sent by %s but issued by %s; only %s, so settle it with both."
                            .formatted(
                                    document.title(),
                                    sender,
                                    issuer,
                                    switch (document.type()) {
                                        case PURCHASE_ORDER -> "the buyer itself may order";
                                        case ORDER_CHANGE -> "the buyer itself may change its order";
                                        case ORDER_CHANGE_RESPONSE -> "the supplier itself may answer a change";
                                        case ORDER_RESPONSE -> "the supplier itself may answer an order";
                                        case DESPATCH_ADVICE -> "the supplier itself may say what it sent";
                                        case RECEIVING_ADVICE -> "the buyer itself may say what it received";
                                        case REMITTANCE_ADVICE -> "the payer itself may say what it paid";
                                        case REQUEST_FOR_QUOTATION -> "the buyer itself may ask for a quotation";
                                        case QUOTATION -> "the supplier itself may quote";
                                        default ->
                                            selfBilled
                                                    ? "the buyer itself may bill itself"
                                                    : "the supplier itself may invoice";
                                    })));
        }
        if (other == null) {
            problems.add(problem(
                    set,
                    "party-unknown",
                    "%s does not say which partner is its %s: none bears a code or name it gives (%s). Add the code to that partner's profile, or ask the sender to name the %s by D-U-N-S or GLN."
                            .formatted(
                                    document.title(),
                                    byBuyer ? "seller" : "buyer",
                                    given(document, byBuyer ? "seller" : "buyer"),
                                    byBuyer ? "seller" : "buyer")));
        }
        if (document.type() == DocumentType.REMITTANCE_ADVICE) {
            // Who pays may be another than who bought.
            return new Found(named(document, interchange, "buyer").orElse(issuer), other, problems);
        }
        return byBuyer ? new Found(issuer, other, problems) : new Found(other, issuer, problems);
    }

    /** Whether it goes from the buyer to the seller. */
    static boolean byBuyer(BusinessDocument document) {
        return document.type().byBuyer() || selfBilled(document);
    }

    /** Whether the buyer issued it instead of its supplier. */
    private static boolean selfBilled(BusinessDocument document) {
        return document instanceof PricedDocument priced && priced.selfBilled();
    }

    private static String[] issuingRoles(DocumentType type) {
        return type == DocumentType.REMITTANCE_ADVICE
                ? new String[] {"payer", "buyer"}
                : new String[] {"buyer", "bill-to"};
    }

    private static String[] sellerRoles(DocumentType type) {
        return type == DocumentType.REMITTANCE_ADVICE
                ? new String[] {"seller", "payee", "remit-to"}
                : new String[] {"seller"};
    }

    /** Who names no buyer in a despatch advice often names where the goods go. */
    private static String[] buyerRoles(DocumentType type) {
        return type == DocumentType.DESPATCH_ADVICE
                ? new String[] {"buyer", "invoicee", "bill-to", "ship-to"}
                : new String[] {"buyer", "invoicee", "bill-to"};
    }

    private Optional<PartyId> named(BusinessDocument document, InterchangeRead.Decided interchange, String... roles) {
        for (String role : roles) {
            Party party = document.parties().get(role);
            if (party != null) {
                for (Map.Entry<String, String> code : party.codes().entrySet()) {
                    Optional<PartyId> found = bearing(identities(code.getKey(), code.getValue(), interchange));
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<Identity> identities(String scheme, String code, InterchangeRead.Decided interchange) {
        if (scheme.equals(AGREED)) {
            return MUTUALLY_DEFINED.getOrDefault(interchange.standard(), List.of()).stream()
                    .flatMap(qualifier ->
                            EnvelopeNames.meant(new WireParty(qualifier, code), interchange.standard()).stream())
                    .toList();
        }
        Function<String, Identity> identity = CODES.get(scheme);
        return identity == null ? List.of() : List.of(identity.apply(code));
    }

    private Optional<PartyId> bearing(List<Identity> identities) {
        return identities.stream()
                .flatMap(identity -> partners.bearing(identity).stream())
                .findFirst()
                .map(TradingPartner::id);
    }

    private Optional<PartyId> receiver(InterchangeRead.Decided interchange) {
        WireParty receiver = interchange.receiver();
        return receiver.equals(hub.get(interchange.standard()))
                ? Optional.empty()
                : bearing(EnvelopeNames.meant(receiver, interchange.standard()));
    }

    private boolean mayIssueForOthers(PartyId sender) {
        return partners.find(sender)
                .filter(partner -> partner.roles().contains(Role.OPERATOR))
                .isPresent();
    }

    private static String given(BusinessDocument document, String role) {
        Party party = document.parties().get(role);
        return party == null
                ? "the document names no " + role
                : "%s %s".formatted(party.name() == null ? role : party.name(), party.codes());
    }

    static MappingProblem problem(TransactionSet set, String code, String sentence) {
        String header = set.content().nodes().get(0) instanceof Segment first ? first.id() : "";
        return MappingProblem.of(code, sentence, header, 1, set.bytes());
    }
}
