package io.lonja.mapping;

import io.lonja.document.PricedDocument.Split;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads which location a line's quantity is for: {@code SDQ*CA*92*LUCIA*6*MIRAMAR*4} of X12, of which a line may have
 * several, and {@code LOC+7+LUCIA::92} with {@code QTY+11:6:PCE} of EDIFACT.
 */
record Destinations(Names names, Problems problems) {

    /**
     * What the line says, in wire order; a location that stands twice stays twice.
     *
     * @param unit of the line
     * @param negative whether the whole document is written with minus signs
     */
    List<Split> of(Fields line, String unit, boolean negative) {
        List<Split> split = new ArrayList<>();
        for (Fields destination : line.list("destinations")) {
            if (destination.has("unit") && !destination.text("unit").equals(unit)) {
                problems.add(
                        "split-unit-differs",
                        destination.place(),
                        "%s: the line is in %s, but its destinations are in %s; ask the sender to say both in one unit.",
                        unit,
                        destination.text("unit"));
            }
            for (List<?> share : destination.pairs("shares")) {
                add(
                        split,
                        destination,
                        share.get(0).toString(),
                        new Fields(Map.of("quantity", share.get(1).toString()), destination.place()),
                        negative);
            }
            if (destination.has("location") && destination.has("quantity")) {
                add(split, destination, destination.text("location"), destination, negative);
            }
        }
        return split;
    }

    private void add(List<Split> split, Fields destination, String location, Fields share, boolean negative) {
        BigDecimal quantity = problems.decimal(share, "quantity", destination.place());
        if (quantity != null) {
            split.add(new Split(names.name("code", destination.text("qualifier")), location, quantity.abs()));
            if (quantity.signum() < 0 && !negative) {
                problems.add(
                        "split-negative",
                        destination.place(),
                        "%s: location %s gets %s; ask the sender to correct and resend it.",
                        location,
                        quantity.toPlainString());
            }
        }
    }

    /** Whether these are all of the line: what they come to, where not, is a problem and no split. */
    List<Split> fitting(List<Split> split, BigDecimal quantity, Fields line) {
        BigDecimal sum = sum(split);
        if (split.isEmpty() || sum.compareTo(quantity) == 0) {
            return split;
        }
        problems.differs(
                "split-differs",
                line.list("destinations").get(0).place(),
                sum.toPlainString(),
                quantity.toPlainString(),
                "%s says that the destinations get %s together, but the line is for %s; ask the sender to correct and resend it.");
        return List.of();
    }

    static BigDecimal sum(List<Split> split) {
        return split.stream().map(Split::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
