package io.lonja.consortium;

import io.lonja.archive.Sha256;
import io.lonja.catalogue.ItemId;
import io.lonja.consortium.CommittedOrder.Line;
import io.lonja.consortium.CommittedOrder.Part;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Rate;
import io.lonja.document.PricedDocument.Tax;
import io.lonja.money.Money;
import io.lonja.money.Split;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the supplier's invoice for a group order divides among the members, a credit note to it, and its response to the
 * order. A pure function of
 * the documents and of what the group order came to, so that whoever has these can check every share.
 *
 * <p>A line is shared by the split it states itself, else by that of the ordered line: its quantity first, in whole
 * units where it is whole, by largest remainder; then its amounts by these quantities, by largest remainder. Of equal
 * remainders the one drawn first by SHA-256(group order ‖ invoice ‖ member) is rounded up, so that no member always
 * bears the cents. What the document adds or takes off as a whole follows the members' nets; a tax of it those of the lines
 * that say that they are taxed so. A line that fits no
 * ordered one (freight, for instance) follows what they ordered.
 */
public final class Sharing {

    private final PricedDocument document;
    private final CommittedOrder order;
    private final Comparator<PartyId> drawn;
    private final List<SortedMap<PartyId, BigInteger>> weights;
    private final List<@Nullable Line> ordered;

    private Sharing(
            PricedDocument document,
            CommittedOrder order,
            Comparator<PartyId> drawn,
            List<SortedMap<PartyId, BigInteger>> weights,
            List<@Nullable Line> ordered) {
        this.document = document;
        this.order = order;
        this.drawn = drawn;
        this.weights = weights;
        this.ordered = ordered;
    }

    /** Whether this is an invoice for that order, or a response to it, between the same two parties. */
    public static boolean concerns(PricedDocument document, PartyId buyer, PartyId seller, CommittedOrder order) {
        return (document.type() == DocumentType.INVOICE || document.type() == DocumentType.ORDER_RESPONSE)
                && !order.lapsed()
                && order.operator().equals(buyer)
                && order.supplier().equals(seller)
                && named(document).contains(order.number());
    }

    /** The orders that a document names, for itself or for a line, as written. */
    public static List<String> named(PricedDocument document) {
        List<String> named = new ArrayList<>(document.references().getOrDefault("purchase-order", List.of()));
        document.lines().forEach(line -> named.addAll(line.references().getOrDefault("purchase-order", List.of())));
        return named.stream().distinct().toList();
    }

    /** A document that {@linkplain #concerns concerns} that order. */
    public static Sharing of(PricedDocument document, CommittedOrder order) {
        Comparator<PartyId> drawn = drawn(order, document.number());
        List<SortedMap<PartyId, BigInteger>> weights = new ArrayList<>();
        List<@Nullable Line> ordered = new ArrayList<>();
        for (PricedDocument.Line line : document.lines()) {
            Line found = order.lines().stream()
                    .filter(candidate -> means(line, candidate))
                    .findFirst()
                    .orElse(null);
            ordered.add(found);
            weights.add(weights(line, found, order, drawn));
        }
        return new Sharing(document, order, drawn, weights, ordered);
    }

    /** A credit note takes from each member what it takes from the lines of the invoice, in their proportions. */
    Sharing takenBackBy(PricedDocument credit) {
        List<SortedMap<PartyId, BigInteger>> taken = new ArrayList<>();
        List<@Nullable Line> of = new ArrayList<>();
        for (PricedDocument.Line line : credit.lines()) {
            Optional<Integer> against = against(line);
            taken.add(against.map(weights::get).orElseGet(() -> orderedValue(order, drawn)));
            of.add(against.map(ordered::get).orElse(null));
        }
        return new Sharing(credit, order, drawn, taken, of);
    }

    /** The invoice line that a credit line means: same number and item, else same item, else same number without items. */
    private Optional<Integer> against(PricedDocument.Line credit) {
        List<PricedDocument.Line> lines = document.lines();
        Optional<Integer> sameItem = Optional.empty();
        for (int i = 0; i < lines.size(); i++) {
            PricedDocument.Line line = lines.get(i);
            boolean item = line.items().entrySet().stream()
                    .anyMatch(code -> code.getValue().equals(credit.items().get(code.getKey())));
            boolean number = line.number().equals(credit.number());
            boolean silent = line.items().isEmpty() || credit.items().isEmpty();
            if (number && (item || silent)) {
                return Optional.of(i);
            }
            if (item && sameItem.isEmpty()) {
                sameItem = Optional.of(i);
            }
        }
        return sameItem;
    }

    /**
     * One member's part of the document.
     *
     * @param net without taxes
     * @param taxes by kind, rate and treatment, in the document's order
     * @param lines only those that it has a part of
     */
    public record Share(PartyId member, Money net, Map<Rate, Money> taxes, List<SharedLine> lines) {

        public Money tax() {
            return taxes.values().stream().reduce(Money.zero(net.currency()), Money::plus);
        }

        public Money payable() {
            return net.plus(tax());
        }
    }

    /**
     * A member's part of a line.
     *
     * @param line counted from 0
     * @param item null where the line fits no ordered one
     * @param quantity in the line's unit
     */
    public record SharedLine(int line, @Nullable ItemId item, BigDecimal quantity, String unit, Money net) {}

    /**
     * Of which line each member has how much.
     *
     * @param line counted from 0
     * @return by member in the order in which equal remainders are rounded up; the weights are never all zero
     */
    public SortedMap<PartyId, BigInteger> weights(int line) {
        return weights.get(line);
    }

    /** The ordered line that this one of the document means, counted from 0; null where it means none. */
    @Nullable
    Line ordered(int line) {
        return ordered.get(line);
    }

    /** In the order of their ids; together exactly the document. */
    public List<Share> shares() {
        SortedMap<PartyId, Money> nets = new TreeMap<>(drawn);
        SortedMap<PartyId, Map<Rate, Money>> taxes = new TreeMap<>(drawn);
        SortedMap<PartyId, List<SharedLine>> lines = new TreeMap<>(drawn);
        Money zero = Money.zero(document.currency());
        orderedValue(order, drawn).keySet().forEach(member -> {
            nets.put(member, zero);
            taxes.put(member, new LinkedHashMap<>());
            lines.put(member, new ArrayList<>());
        });
        for (int i = 0; i < document.lines().size(); i++) {
            PricedDocument.Line line = document.lines().get(i);
            Line of = ordered.get(i);
            SortedMap<PartyId, BigInteger> parts = weights.get(i);
            Map<PartyId, BigDecimal> quantities = quantities(line.quantity().value(), parts);
            int index = i;
            split(line.net(), parts).forEach((member, net) -> {
                nets.merge(member, net, Money::plus);
                lines.computeIfAbsent(member, none -> new ArrayList<>())
                        .add(new SharedLine(
                                index,
                                of == null ? null : of.item(),
                                Objects.requireNonNull(quantities.get(member)),
                                line.quantity().unit(),
                                net));
            });
            line.taxes().forEach(tax -> add(taxes, tax, parts));
        }
        SortedMap<PartyId, BigInteger> byNet = byNet(nets);
        Money linesNet = nets.values().stream().reduce(zero, Money::plus);
        split(document.totals().net().minus(linesNet), byNet)
                .forEach((member, part) -> nets.merge(member, part, Money::plus));
        document.taxes().forEach(tax -> add(taxes, tax, taxedSo(tax, lines).orElse(byNet)));
        return together(nets, taxes, lines);
    }

    private List<Share> together(
            SortedMap<PartyId, Money> nets,
            SortedMap<PartyId, Map<Rate, Money>> taxes,
            SortedMap<PartyId, List<SharedLine>> lines) {
        List<Share> shares = new ArrayList<>();
        nets.forEach((member, net) -> shares.add(new Share(
                member,
                net,
                Collections.unmodifiableMap(taxes.getOrDefault(member, Map.of())),
                List.copyOf(lines.getOrDefault(member, List.of())))));
        Money sum = shares.stream().map(Share::payable).reduce(Money.zero(document.currency()), Money::plus);
        if (!sum.equals(document.totals().payable())) {
            throw new IllegalStateException("The shares of %s come to %s, not to %s"
                    .formatted(document.title(), sum, document.totals().payable()));
        }
        return shares.stream()
                .filter(share -> !share.lines().isEmpty() || !share.payable().isZero())
                .sorted(Comparator.comparing(share -> share.member().value()))
                .toList();
    }

    private void add(SortedMap<PartyId, Map<Rate, Money>> taxes, Tax tax, SortedMap<PartyId, BigInteger> weightsOfTax) {
        split(tax.amount(), weightsOfTax)
                .forEach((member, part) -> taxes.computeIfAbsent(member, none -> new LinkedHashMap<>())
                        .merge(Rate.of(tax).plain(), part, Money::plus));
    }

    /** What members bought of the lines that say that they are taxed so; empty where none does. */
    private Optional<SortedMap<PartyId, BigInteger>> taxedSo(Tax tax, SortedMap<PartyId, List<SharedLine>> lines) {
        SortedMap<PartyId, BigInteger> taxed = new TreeMap<>(drawn);
        lines.forEach((member, own) -> taxed.put(
                member,
                own.stream()
                        .filter(line -> document.lines().get(line.line()).rates().stream()
                                .anyMatch(
                                        rate -> rate.plain().equals(Rate.of(tax).plain())))
                        .map(line -> BigInteger.valueOf(Math.max(0, line.net().minorUnits())))
                        .reduce(BigInteger.ZERO, BigInteger::add)));
        return Optional.of(taxed).filter(weights -> weights.values().stream().anyMatch(weight -> weight.signum() > 0));
    }

    /** What members bought here; what they ordered, where that is nothing. */
    private SortedMap<PartyId, BigInteger> byNet(SortedMap<PartyId, Money> nets) {
        SortedMap<PartyId, BigInteger> byNet = new TreeMap<>(drawn);
        nets.forEach((member, net) -> byNet.put(member, BigInteger.valueOf(Math.max(0, net.minorUnits()))));
        return byNet.values().stream().anyMatch(weight -> weight.signum() > 0) ? byNet : orderedValue(order, drawn);
    }

    private static boolean means(PricedDocument.Line line, Line ordered) {
        Map<String, String> codes = line.items();
        return ordered.code().equals(codes.get("supplier-item"))
                || ordered.item().value().equals(codes.get("buyer-item"))
                || ordered.gtin() != null && ordered.gtin().equals(codes.get("gtin"));
    }

    private static SortedMap<PartyId, BigInteger> weights(
            PricedDocument.Line line, @Nullable Line found, CommittedOrder order, Comparator<PartyId> drawn) {
        return stated(line, order, drawn)
                .or(() -> Optional.ofNullable(found).map(of -> asOrdered(line, of, drawn)))
                .orElseGet(() -> orderedValue(order, drawn));
    }

    /** What the document says itself; empty where it says nothing, or names a location that is none of a member. */
    private static Optional<SortedMap<PartyId, BigInteger>> stated(
            PricedDocument.Line line, CommittedOrder order, Comparator<PartyId> drawn) {
        Map<String, PartyId> members = new HashMap<>();
        order.lines().forEach(each -> each.parts().forEach(part -> members.put(part.location(), part.member())));
        int scale = line.split().stream()
                .mapToInt(part -> Math.max(0, part.quantity().scale()))
                .max()
                .orElse(0);
        SortedMap<PartyId, BigInteger> stated = new TreeMap<>(drawn);
        for (PricedDocument.Split part : line.split()) {
            PartyId member = members.get(part.location());
            if (member == null) {
                return Optional.empty();
            }
            stated.merge(member, part.quantity().setScale(scale).unscaledValue(), BigInteger::add);
        }
        return Optional.of(stated).filter(parts -> parts.values().stream().anyMatch(part -> part.signum() > 0));
    }

    private static SortedMap<PartyId, BigInteger> asOrdered(
            PricedDocument.Line line, Line ordered, Comparator<PartyId> drawn) {
        SortedMap<PartyId, BigInteger> parts = new TreeMap<>(drawn);
        for (Part part : ordered.parts()) {
            parts.merge(part.member(), BigInteger.valueOf(part.quantity()), BigInteger::add);
        }
        BigDecimal quantity = plain(line.quantity().value());
        if (quantity.signum() <= 0) {
            return parts;
        }
        List<BigInteger> units = Split.byLargestRemainder(quantity.unscaledValue(), List.copyOf(parts.values()));
        SortedMap<PartyId, BigInteger> delivered = new TreeMap<>(drawn);
        int i = 0;
        for (PartyId member : parts.keySet()) {
            delivered.put(member, units.get(i++));
        }
        return delivered;
    }

    private static SortedMap<PartyId, BigInteger> orderedValue(CommittedOrder order, Comparator<PartyId> drawn) {
        SortedMap<PartyId, BigInteger> value = new TreeMap<>(drawn);
        for (Line line : order.lines()) {
            List<Money> nets = order.nets(line);
            for (int i = 0; i < nets.size(); i++) {
                value.merge(
                        line.parts().get(i).member(),
                        BigInteger.valueOf(Math.max(1, nets.get(i).minorUnits())),
                        BigInteger::add);
            }
        }
        return value;
    }

    /** The quantity in its smallest written unit, so divided; its parts add up to it. */
    private static Map<PartyId, BigDecimal> quantities(BigDecimal whole, SortedMap<PartyId, BigInteger> weights) {
        BigDecimal quantity = plain(whole);
        List<BigInteger> units = Split.byLargestRemainder(quantity.unscaledValue(), List.copyOf(weights.values()));
        Map<PartyId, BigDecimal> quantities = new HashMap<>();
        int i = 0;
        for (PartyId member : weights.keySet()) {
            quantities.put(member, plain(new BigDecimal(units.get(i++), quantity.scale())));
        }
        return quantities;
    }

    private static SortedMap<PartyId, Money> split(Money whole, SortedMap<PartyId, BigInteger> weights) {
        SortedMap<PartyId, BigInteger> positive = new TreeMap<>(weights);
        positive.values().removeIf(weight -> weight.signum() == 0);
        List<Money> parts = Split.byLargestRemainder(whole, List.copyOf(positive.values()));
        SortedMap<PartyId, Money> split = new TreeMap<>(weights.comparator());
        int i = 0;
        for (PartyId member : positive.keySet()) {
            split.put(member, parts.get(i++));
        }
        return split;
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Comparator<PartyId> drawn(CommittedOrder order, String invoice) {
        return Comparator.<PartyId, String>comparing(member -> Sha256.of("%s %s %s"
                                .formatted(order.groupOrder(), invoice, member)
                                .getBytes(StandardCharsets.UTF_8))
                        .hex())
                .thenComparing(PartyId::value);
    }
}
