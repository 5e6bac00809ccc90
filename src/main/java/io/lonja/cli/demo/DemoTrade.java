package io.lonja.cli.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What the demo's partners buy and sell, small enough to be checked by hand. All amounts in euros.
 *
 * @param hotelOrder what Hotel Miramar orders and is invoiced
 * @param hotelAllowance taken off the hotel's invoice as a whole
 * @param hotelFreight added to the hotel's invoice; not part of what commission is reckoned from
 * @param taxPercent on the hotel's invoice, for goods and freight
 * @param casaOrder what Casa Lucía orders and is invoiced, without allowance, freight and tax
 * @param creditedQuantity of the hotel's first line that comes back
 * @param commissionPercent of invoiced net, paid by the supplier
 * @param shareBackPercent of the commission, returned to the members by what they bought
 * @param group what the members buy together
 */
public record DemoTrade(
        List<Line> hotelOrder,
        BigDecimal hotelAllowance,
        BigDecimal hotelFreight,
        BigDecimal taxPercent,
        List<Line> casaOrder,
        int creditedQuantity,
        BigDecimal commissionPercent,
        BigDecimal shareBackPercent,
        Group group) {

    /** The trade that {@code demo} plays. */
    public static final DemoTrade OF_THE_README = new DemoTrade(
            List.of(
                    new Line("OIL-5L", "Olive oil, tin of 5 l", 40, "CA", new BigDecimal("38.90")),
                    new Line("RICE-10", "Round rice, bag of 10 kg", 25, "BG", new BigDecimal("17.45"))),
            new BigDecimal("50.00"),
            new BigDecimal("18.00"),
            new BigDecimal("10"),
            List.of(
                    new Line("OIL-5L", "Olive oil, tin of 5 l", 15, "CA", new BigDecimal("38.90")),
                    new Line("NAPKIN-40", "Paper napkins 40 x 40, box", 8, "BX", new BigDecimal("12.99"))),
            4,
            new BigDecimal("2.00"),
            new BigDecimal("35"),
            new Group(
                    "OIL-5L",
                    "Olive oil, tin of 5 l",
                    "CA",
                    4,
                    List.of(
                            new Tier(1, new BigDecimal("38.90")),
                            new Tier(30, new BigDecimal("36.40")),
                            new Tier(50, new BigDecimal("34.50"))),
                    40,
                    60,
                    2));

    /**
     * One item.
     *
     * @param item the supplier's code
     * @param unit X12 element 355
     */
    public record Line(String item, String description, int quantity, String unit, BigDecimal price) {

        BigDecimal net() {
            return price.multiply(BigDecimal.valueOf(quantity)).setScale(2, RoundingMode.HALF_UP);
        }

        Line withQuantity(int other) {
            return new Line(item, description, other, unit, price);
        }
    }

    /**
     * One item that members buy together.
     *
     * @param item the supplier's code
     * @param unit of the supplier's pack, X12 element 355
     * @param pack pieces in one; Casa Lucía orders pieces
     * @param tiers the price of every pack once all together ask for so many, ascending
     * @param hotelPacks what Hotel Miramar orders by AS2, in X12
     * @param casaPieces what Casa Lucía orders by SFTP, in EDIFACT; whole packs
     * @param returnedPacks what is credited of the supplier's invoice, in EDIFACT
     */
    public record Group(
            String item,
            String description,
            String unit,
            int pack,
            List<Tier> tiers,
            int hotelPacks,
            int casaPieces,
            int returnedPacks) {

        int packs() {
            return hotelPacks + casaPieces / pack;
        }

        /** Of the tier that all together reach. */
        public BigDecimal price() {
            return tiers.stream()
                    .filter(tier -> tier.from() <= packs())
                    .reduce((lower, higher) -> higher)
                    .orElseThrow()
                    .price();
        }
    }

    /** The price of a pack from so many packs on. */
    public record Tier(int from, BigDecimal price) {}

    static BigDecimal net(List<Line> lines) {
        return lines.stream().map(Line::net).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
