package io.lonja.consortium;

import io.lonja.archive.ByteRange;
import io.lonja.archive.EntryId;
import io.lonja.catalogue.ItemId;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.money.Money;
import io.lonja.money.Split;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a group order came to when it closed: a fact of the archive, from which the consolidated order follows and by
 * which the supplier's invoices are shared.
 *
 * @param groupOrder the archived decision that opened it
 * @param number of the consolidated order
 * @param name of the consortium
 * @param operator who buys
 * @param date of the consolidated order: the day on which the deadline passed, UTC
 * @param delivery requested day, where one was asked for
 * @param lines none when the group order lapsed
 */
public record CommittedOrder(
        EntryId groupOrder,
        String number,
        ConsortiumId consortium,
        String name,
        PartyId operator,
        PartyId supplier,
        Currency currency,
        LocalDate date,
        @Nullable LocalDate delivery,
        List<Line> lines) {

    private static final ByteRange NOWHERE = new ByteRange(0, 0);

    /**
     * One item, ordered for all.
     *
     * @param number of the line, counted from 1
     * @param name of the item
     * @param code the supplier's
     * @param gtin of the pack, where it has one
     * @param unit of the pack
     * @param pack base units in one
     * @param quantity packs
     * @param price of one pack: that of the tier the quantity of all reached
     * @param parts one per member who gets something, in the order drawn for this group order
     */
    public record Line(
            String number,
            ItemId item,
            String name,
            String code,
            @Nullable String gtin,
            String unit,
            BigDecimal pack,
            long quantity,
            BigDecimal price,
            List<Part> parts) {

        public Line {
            long sum = parts.stream().mapToLong(Part::quantity).reduce(0, Math::addExact);
            if (sum != quantity || quantity < 1) {
                throw new IllegalArgumentException(
                        "Line %s is for %d packs, but its parts add up to %d".formatted(number, quantity, sum));
            }
            parts = List.copyOf(parts);
        }
    }

    /**
     * What one member gets of a line.
     *
     * @param scheme whose code the location is
     * @param quantity packs, at least one
     */
    public record Part(PartyId member, String scheme, String location, long quantity) {}

    public CommittedOrder {
        lines = List.copyOf(lines);
    }

    /** Nothing was asked for, or nothing reached its first price tier. */
    public boolean lapsed() {
        return lines.isEmpty();
    }

    public Optional<Line> line(ItemId item) {
        return lines.stream().filter(line -> line.item().equals(item)).findFirst();
    }

    /** What each member's part of a line amounts to, in the order of the parts; together what the line amounts to. */
    List<Money> nets(Line line) {
        return Split.byLargestRemainder(
                net(line),
                line.parts().stream()
                        .map(part -> BigInteger.valueOf(part.quantity()))
                        .toList());
    }

    private Money net(Line line) {
        return Money.rounded(
                line.price().multiply(BigDecimal.valueOf(line.quantity())), currency, RoundingMode.HALF_UP);
    }

    /** The consolidated order to the supplier; every line carries its split. */
    public PricedDocument document() {
        List<PricedDocument.Line> ordered = lines.stream().map(this::line).toList();
        Money sum = ordered.stream().map(PricedDocument.Line::net).reduce(Money.zero(currency), Money::plus);
        SortedMap<String, BusinessDocument.Party> parties = new TreeMap<>();
        parties.put("buyer", new BusinessDocument.Party(name, new TreeMap<>(), List.of()));
        SortedMap<String, LocalDate> dates = new TreeMap<>();
        if (delivery != null) {
            dates.put("delivery-requested", delivery);
        }
        return new PricedDocument(
                DocumentType.PURCHASE_ORDER,
                number,
                date,
                currency,
                parties,
                new TreeMap<>(),
                dates,
                ordered,
                List.of(),
                List.of(),
                new PricedDocument.Totals(sum, sum, Money.zero(currency), sum, new TreeMap<>()));
    }

    private PricedDocument.Line line(Line line) {
        SortedMap<String, String> codes = new TreeMap<>();
        codes.put("supplier-item", line.code());
        codes.put("buyer-item", line.item().value());
        if (line.gtin() != null) {
            codes.put("gtin", line.gtin());
        }
        BigDecimal packs = BigDecimal.valueOf(line.quantity());
        return new PricedDocument.Line(
                line.number(),
                codes,
                line.name(),
                new BusinessDocument.Quantity(packs, line.unit()),
                line.price(),
                net(line),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                NOWHERE,
                line.parts().stream()
                        .map(part -> new PricedDocument.Split(
                                part.scheme(), part.location(), BigDecimal.valueOf(part.quantity())))
                        .toList());
    }
}
