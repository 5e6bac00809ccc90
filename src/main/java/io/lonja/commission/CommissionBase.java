package io.lonja.commission;

import io.lonja.archive.ArchiveRef;
import io.lonja.commission.CountedLine.Part;
import io.lonja.consortium.Sharing;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Line;
import io.lonja.money.Money;
import io.lonja.money.Split;
import io.lonja.party.PartyId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a document's lines are worth to commission: each line's net less its part of the document's allowances, which
 * are spread in proportion to the nets by largest remainder. Charges of the document (freight, handling) and taxes are
 * no part of the base. A pure function.
 */
final class CommissionBase {

    private CommissionBase() {}

    /** @param sharing how an invoice for a group order divides; null for any other document */
    static List<CountedLine> of(DocumentAccepted event, @Nullable Sharing sharing) {
        PricedDocument document = event.priced();
        List<Money> bases = bases(document);
        List<CountedLine> lines = new ArrayList<>();
        for (int i = 0; i < document.lines().size(); i++) {
            Line line = document.lines().get(i);
            lines.add(new CountedLine(
                    event.fact(),
                    event.ordinal(),
                    i,
                    event.seller(),
                    event.buyer(),
                    document.date(),
                    invoiceNumber(document, line),
                    line.number(),
                    line.items(),
                    bases.get(i),
                    event.because().at(new ArchiveRef(event.because().at().entry(), line.wire())),
                    sharing == null ? List.of() : parts(sharing.weights(i))));
        }
        return lines;
    }

    private static List<Part> parts(SortedMap<PartyId, BigInteger> weights) {
        List<Part> parts = new ArrayList<>();
        weights.forEach((member, weight) -> {
            if (weight.signum() > 0) {
                parts.add(new Part(member, weight));
            }
        });
        return parts;
    }

    static List<Money> bases(PricedDocument document) {
        Money allowances = document.adjustments().stream()
                .filter(adjustment -> adjustment.kind() == Adjustment.Kind.ALLOWANCE)
                .map(Adjustment::amount)
                .reduce(Money.zero(document.currency()), Money::plus);
        List<Money> nets = document.lines().stream().map(Line::net).toList();
        if (allowances.isZero() || nets.isEmpty()) {
            return nets;
        }
        List<Money> parts = Split.byLargestRemainder(allowances, weights(nets));
        List<Money> bases = new ArrayList<>();
        for (int i = 0; i < nets.size(); i++) {
            bases.add(nets.get(i).minus(parts.get(i)));
        }
        return bases;
    }

    /** Lines worth nothing or less bear no part of an allowance, unless there are only such lines. */
    private static List<BigInteger> weights(List<Money> nets) {
        boolean anyPositive = nets.stream().anyMatch(net -> net.minorUnits() > 0);
        return nets.stream()
                .map(net -> anyPositive ? BigInteger.valueOf(Math.max(0, net.minorUnits())) : BigInteger.ONE)
                .toList();
    }

    /** A credit line belongs to the invoice it names itself, else to the only one that its document names. */
    private static String invoiceNumber(PricedDocument document, Line line) {
        if (document.type() == DocumentType.INVOICE) {
            return document.number();
        }
        List<String> named =
                line.references().getOrDefault("invoice", document.references().getOrDefault("invoice", List.of()));
        List<String> distinct = named.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.get(0) : "";
    }
}
