package io.lonja.consortium;

import io.lonja.archive.ByteRange;
import io.lonja.catalogue.Catalogue;
import io.lonja.catalogue.ItemCode;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.OutgoingDocuments;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Line;
import io.lonja.document.PricedDocument.Rate;
import io.lonja.document.PricedDocument.Tax;
import io.lonja.money.Money;
import io.lonja.partner.Agreement;
import io.lonja.partner.ProfilesOfRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Invoices each member for its part, in the operator's name, where the member's profile takes invoices from us. */
final class MemberInvoices implements SharingListener {

    private static final ByteRange NOWHERE = new ByteRange(0, 0);

    /** X12 1300: allowance or charge of a code of its own; what the whole document adds or takes off, and rounding. */
    private static final String CODE = "ZZZZ";

    private final GroupOrders groupOrders;
    private final Catalogue catalogue;
    private final ProfilesOfRecord profiles;
    private final Letterhead letterhead;
    private final OutgoingDocuments outgoing;

    MemberInvoices(
            GroupOrders groupOrders, Catalogue catalogue, ProfilesOfRecord profiles, OutgoingDocuments outgoing) {
        this.groupOrders = groupOrders;
        this.catalogue = catalogue;
        this.profiles = profiles;
        this.letterhead = new Letterhead(profiles);
        this.outgoing = outgoing;
    }

    @Override
    public void on(SharedDocument shared) {
        for (int i = 0; i < shared.shares().size(); i++) {
            Sharing.Share share = shared.shares().get(i);
            if (takesInvoices(share)) {
                outgoing.issue(
                        new OutgoingDocument(
                                String.format(
                                        Locale.ROOT, "group-share-%s-%d-%d", shared.fact(), shared.ordinal(), i + 1),
                                shared.groupOrder().operator(),
                                share.member(),
                                letterhead.on(
                                        document(shared, share, i + 1),
                                        share.member(),
                                        shared.groupOrder().operator()),
                                List.of(shared.because())),
                        shared.recordedAt());
            }
        }
    }

    private boolean takesInvoices(Sharing.Share share) {
        return profiles.find(share.member()).stream()
                .flatMap(partner -> partner.agreements().stream())
                .anyMatch(agreement -> agreement.direction() == Agreement.Direction.OUTBOUND
                        && agreement.document().equals(DocumentType.INVOICE.wireName()));
    }

    private PricedDocument document(SharedDocument shared, Sharing.Share share, int place) {
        PricedDocument whole = shared.document();
        List<Line> lines = new ArrayList<>();
        for (Sharing.SharedLine part : share.lines()) {
            if (part.quantity().signum() != 0) {
                lines.add(line(shared, share, part, lines.size() + 1));
            }
        }
        Money zero = Money.zero(whole.currency());
        Money sum = lines.stream().map(Line::net).reduce(zero, Money::plus);
        Money rest = share.net().minus(sum);
        List<Adjustment> adjustments = rest.isZero()
                ? List.of()
                : List.of(new Adjustment(
                        rest.isNegative() ? Adjustment.Kind.ALLOWANCE : Adjustment.Kind.CHARGE,
                        CODE,
                        "Part of what " + whole.number() + " adds or takes off as a whole, and rounding",
                        rest.isNegative() ? rest.negated() : rest,
                        NOWHERE));
        List<Tax> taxes = new ArrayList<>();
        share.taxes().forEach((rate, amount) -> {
            // Of a tax on lines that the member has no part of, it bears nothing; that of no line is of all.
            if (!amount.isZero()
                    || lines.stream().anyMatch(line -> line.rates().contains(rate))
                    || whole.lines().stream()
                            .flatMap(line -> rates(line).stream())
                            .noneMatch(rate::equals)) {
                taxes.add(new Tax(
                        rate.category(), rate.rate(), amount, NOWHERE, rate.treatment(), null, reason(whole, rate)));
            }
        });
        return new PricedDocument(
                whole.type(),
                SharedDocument.number(shared.groupOrder(), shared.fact(), place),
                whole.date(),
                whole.currency(),
                new TreeMap<>(),
                references(shared, share),
                new TreeMap<>(),
                lines,
                adjustments,
                taxes,
                new PricedDocument.Totals(sum, share.net(), share.tax(), share.payable(), new TreeMap<>()));
    }

    /** Why nothing is to be paid of this tax. */
    private static @Nullable String reason(PricedDocument whole, Rate rate) {
        return Stream.concat(whole.taxes().stream(), whole.lines().stream().flatMap(line -> line.taxes().stream()))
                .filter(tax -> Rate.of(tax).plain().equals(rate))
                .flatMap(tax -> Stream.ofNullable(tax.reason()))
                .findFirst()
                .orElse(null);
    }

    /** Whatever form the supplier's invoice has, the member's says the rates of its lines and adds them up once. */
    private static List<Rate> rates(Line whole) {
        return Stream.concat(whole.rates().stream(), whole.taxes().stream().map(Rate::of))
                .map(Rate::plain)
                .filter(rate -> rate.rate() != null || rate.treatment() != null)
                .distinct()
                .toList();
    }

    private Line line(SharedDocument shared, Sharing.Share share, Sharing.SharedLine part, int number) {
        Line whole = shared.document().lines().get(part.line());
        return new Line(
                Integer.toString(number),
                codes(shared, share, part, whole),
                whole.description(),
                new BusinessDocument.Quantity(part.quantity(), part.unit()),
                whole.unitPrice(),
                Money.rounded(
                        whole.unitPrice().multiply(part.quantity()), part.net().currency(), RoundingMode.HALF_UP),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                NOWHERE,
                List.of(),
                null,
                rates(whole));
    }

    /** The member's own code for that pack, where the catalogue knows one, beside the operator's. */
    private SortedMap<String, String> codes(
            SharedDocument shared, Sharing.Share share, Sharing.SharedLine part, Line whole) {
        SortedMap<String, String> codes = new TreeMap<>();
        String gtin = whole.items().get("gtin");
        if (gtin != null) {
            codes.put("gtin", gtin);
        }
        CommittedOrder committed = shared.groupOrder().committed();
        if (part.item() == null || committed == null) {
            Optional.ofNullable(whole.items().get("supplier-item")).ifPresent(code -> codes.put("supplier-item", code));
            return codes;
        }
        codes.put("supplier-item", part.item().value());
        @Nullable
        BigDecimal pack =
                committed.line(part.item()).map(CommittedOrder.Line::pack).orElse(null);
        catalogue.find(part.item()).stream()
                .flatMap(item -> item.of(share.member(), shared.document().date()).stream())
                .filter(code -> code.unit().equals(part.unit()) && code.pack().equals(pack))
                .map(ItemCode::code)
                .findFirst()
                .ifPresent(code -> codes.put("buyer-item", code));
        return codes;
    }

    /** The orders by which the member asked, and the invoice to the member that a credit note corrects. */
    private SortedMap<String, List<String>> references(SharedDocument shared, Sharing.Share share) {
        SortedMap<String, List<String>> references = new TreeMap<>();
        List<String> orders = groupOrders.demands(shared.groupOrder().id(), Optional.of(share.member())).stream()
                .map(Demand::because)
                .filter(Objects::nonNull)
                .map(DocumentRef::number)
                .distinct()
                .toList();
        if (!orders.isEmpty()) {
            references.put("purchase-order", orders);
        }
        Optional.ofNullable(shared.invoices().get(share.member()))
                .ifPresent(invoice -> references.put("invoice", List.of(invoice)));
        return references;
    }
}
