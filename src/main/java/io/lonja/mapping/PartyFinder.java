package io.lonja.mapping;

import io.lonja.document.BusinessDocument;
import io.lonja.document.BusinessDocument.Party;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.edi.InterchangeRead;
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
 * envelope names. Whoever issues a document is by default its sender; the other side is by default its receiver, unless
 * that is the hub itself.
 *
 * @param hub the hub's own name on the wire
 */
record PartyFinder(TradingPartners partners, WireParty hub) {

    private static final int DUNS_DIGITS = 9;

    /** The codes that can name a partner, and how a partner's profile writes them. */
    private static final Map<String, Function<String, Identity>> CODES = Map.of(
            "duns", code -> new Identity(Scheme.DUNS, "", code),
            "duns-plus-4",
                    code -> new Identity(
                            Scheme.DUNS, "", code.length() > DUNS_DIGITS ? code.substring(0, DUNS_DIGITS) : code),
            "gln", code -> new Identity(Scheme.GLN, "", code),
            "agreed", code -> new Identity(Scheme.X12, "ZZ", code));

    /** Buyer and seller as far as known; {@code problems} says what is missing. */
    record Found(@Nullable PartyId buyer, @Nullable PartyId seller, List<MappingProblem> problems) {}

    Found find(BusinessDocument document, PartyId sender, InterchangeRead.Decided interchange, TransactionSet set) {
        List<MappingProblem> problems = new ArrayList<>();
        boolean order = document.type() == DocumentType.PURCHASE_ORDER;
        PartyId issuer = order
                ? named(document, "buyer", "bill-to").orElse(sender)
                : named(document, "seller", "remit-to").orElse(sender);
        PartyId other = (order ? named(document, "seller") : named(document, "buyer", "invoicee", "bill-to"))
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
                                    order ? "the buyer itself may order" : "the supplier itself may invoice")));
        }
        if (other == null) {
            problems.add(problem(
                    set,
                    "party-unknown",
                    "%s does not say which partner is its %s: none bears a code or name it gives (%s). Add the code to that partner's profile, or ask the sender to name the %s by D-U-N-S or GLN."
                            .formatted(
                                    document.title(),
                                    order ? "seller" : "buyer",
                                    given(document, order ? "seller" : "buyer"),
                                    order ? "seller" : "buyer")));
        }
        return order ? new Found(issuer, other, problems) : new Found(other, issuer, problems);
    }

    private Optional<PartyId> named(BusinessDocument document, String... roles) {
        for (String role : roles) {
            Party party = document.parties().get(role);
            if (party != null) {
                for (Map.Entry<String, String> code : party.codes().entrySet()) {
                    Optional<PartyId> found = Optional.ofNullable(CODES.get(code.getKey()))
                            .flatMap(identity -> partners.bearing(identity.apply(code.getValue())))
                            .map(TradingPartner::id);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<PartyId> receiver(InterchangeRead.Decided interchange) {
        WireParty receiver = interchange.receiver();
        if (receiver.equals(hub)) {
            return Optional.empty();
        }
        Scheme scheme = interchange.standard() == Standard.X12 ? Scheme.X12 : Scheme.EDIFACT;
        return partners.bearing(new Identity(scheme, receiver.qualifier(), receiver.value()))
                .map(TradingPartner::id);
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
        return MappingProblem.of(code, sentence, "ST", 1, set.bytes());
    }
}
