package io.lonja.commission;

import io.lonja.money.Money;
import io.lonja.money.Split;
import io.lonja.party.PartyId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What members get back of a statement's commission: under each agreement and in each currency the agreed percentage,
 * split by patronage (the net value the member bought) with largest remainder. Members whose commission of the period
 * is negative, because more was credited than invoiced, give back in the same way. A line that was bought for several
 * members counts for each by what it bought of it. A pure function.
 */
final class Shares {

    private Shares() {}

    /** One member's part under one agreement. */
    record Share(CommissionAgreement agreement, PartyId member, Money patronage, Money amount) {}

    /** In order of currency, agreement and member; shares of zero are left out. */
    static List<Share> of(List<StatedLine> lines, Map<Long, CommissionAgreement> agreements) {
        Map<String, Map<PartyId, Patronage>> pools = new TreeMap<>();
        for (StatedLine line : lines) {
            Map<PartyId, Patronage> members = pools.computeIfAbsent(
                    "%s %019d"
                            .formatted(
                                    line.amount().currency(),
                                    line.rule().agreement().sequence()),
                    pool -> new TreeMap<>(java.util.Comparator.comparing(PartyId::value)));
            SortedMap<PartyId, Money> amounts = line.amounts();
            line.bases()
                    .forEach((member, base) -> members.merge(
                            member,
                            new Patronage(base, amounts.getOrDefault(member, Money.zero(base.currency()))),
                            Patronage::plus));
        }
        List<Share> shares = new ArrayList<>();
        pools.forEach((pool, members) -> {
            CommissionAgreement agreement = agreements.get(Long.parseLong(pool.substring(4)));
            if (agreement == null) {
                throw new IllegalStateException("No agreement %s for a stated line".formatted(pool.substring(4)));
            }
            shares.addAll(split(agreement, members, 1));
            shares.addAll(split(agreement, members, -1));
        });
        return shares;
    }

    private static List<Share> split(CommissionAgreement agreement, Map<PartyId, Patronage> members, int sign) {
        Map<PartyId, Patronage> side = new LinkedHashMap<>();
        members.forEach((member, patronage) -> {
            if (Long.signum(patronage.commission.minorUnits()) == sign) {
                side.put(member, patronage);
            }
        });
        if (side.isEmpty()) {
            return List.of();
        }
        Currency currency = side.values().iterator().next().commission.currency();
        Money commission = side.values().stream().map(Patronage::commission).reduce(Money.zero(currency), Money::plus);
        List<Money> parts = Split.byLargestRemainder(agreement.terms().shareBackOf(commission), weights(side));
        List<Share> shares = new ArrayList<>();
        int i = 0;
        for (Map.Entry<PartyId, Patronage> member : side.entrySet()) {
            Money part = parts.get(i++);
            if (!part.isZero()) {
                shares.add(new Share(agreement, member.getKey(), member.getValue().base, part));
            }
        }
        return shares;
    }

    /** By net value; by commission where rounding alone is left. */
    private static List<BigInteger> weights(Map<PartyId, Patronage> side) {
        boolean bought = side.values().stream().anyMatch(patronage -> !patronage.base.isZero());
        return side.values().stream()
                .map(patronage -> bought ? patronage.base : patronage.commission)
                .map(weight -> BigInteger.valueOf(weight.minorUnits()).abs())
                .toList();
    }

    private record Patronage(Money base, Money commission) {

        Patronage plus(Patronage more) {
            return new Patronage(base.plus(more.base), commission.plus(more.commission));
        }
    }
}
