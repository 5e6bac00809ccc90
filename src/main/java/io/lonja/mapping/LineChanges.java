package io.lonja.mapping;

import io.lonja.document.LineChange;
import io.lonja.document.LineChange.Action;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a change of an order, or an answer to one, says becomes of a line: {@code POC*1*QI*6*30*CA} of X12, {@code
 * LIN+1+3'} with {@code QTY+21} or only {@code QVR+6:21} of EDIFACT. A line may leave out what stays as it is.
 *
 * @param answer whether this is an answer to a change: a line that says nothing else than that it is changed has no change
 *     then, and what it deletes has a quantity
 */
record LineChanges(Names names, Problems problems, boolean answer) {

    /** Of {@code change} in the guide's names: the supplier does not accept the change of this line. */
    static final String REJECTED = "rejected";

    /** What the line says, and what stands in for what it leaves out. */
    record Said(@Nullable LineChange change, Fields line) {}

    /** Empty when it is not known what becomes of the line (with a problem then). */
    Optional<Said> of(Fields line) {
        Optional<Action> action = action(line);
        if (action.isEmpty()) {
            problems.add(
                    "change-unknown",
                    line.place(),
                    "%s: it is not known whether the code %s adds, changes or deletes the line; list the code in the guide's names.properties.",
                    line.text("change"));
            return Optional.empty();
        }
        Action said = action.get();
        Map<Object, Object> values = new HashMap<>(line.values());
        if (!line.has("quantity") && line.has("difference")) {
            BigDecimal difference = problems.decimal(line, "difference", line.place());
            if (difference == null) {
                return Optional.empty();
            }
            said = difference.signum() < 0 ? Action.DECREASED : Action.INCREASED;
            values.put("quantity", difference.abs().toPlainString());
        }
        if (!line.has("unit") && (line.has("left") || !line.has("quantity"))) {
            String unit = line.text("leftUnit");
            values.put("unit", line.has("left") && unit.isEmpty() ? LineAssembler.unit(line, names) : unit);
        }
        if (said == Action.DELETED && !(answer && line.has("quantity"))) {
            values.put("quantity", "0");
        }
        // Where it goes, and by how much it differs, is said of a quantity, so one is missing then.
        boolean quantityKept = !(values.get("quantity") instanceof String text) || text.isEmpty();
        if (!line.list("destinations").isEmpty() || said == Action.ADDED || said.difference()) {
            quantityKept = false;
        } else if (quantityKept) {
            values.put("quantity", "0");
            if (!line.has("left")) {
                values.put("unit", "");
            }
        }
        boolean priceKept = !priced(line) && said != Action.ADDED;
        if (priceKept) {
            values.put("price", "0");
        }
        BigDecimal left = problems.decimal(line, "left", line.place());
        LineChange change = new LineChange(said, left, quantityKept, priceKept);
        boolean plain = answer && said == Action.CHANGED && left == null && !quantityKept && !priceKept;
        return Optional.of(new Said(plain ? null : change, new Fields(values, line.fallback())));
    }

    private Optional<Action> action(Fields line) {
        Optional<String> name = names.find("change", line.text("change"));
        return name.isEmpty() && answer && !line.has("change")
                ? Optional.of(Action.CHANGED)
                : name.map(known -> known.equals(REJECTED) ? Action.CHANGED : Action.of(known));
    }

    /** Whether the line says a price that counts. */
    boolean priced(Fields line) {
        return line.has("price")
                || line.list("prices").stream()
                        .anyMatch(price -> price.has("price")
                                && names.find("price", price.text("kind")).isPresent());
    }

    /** Whether nothing of the line is counted, so that it goes nowhere either. */
    static boolean uncounted(@Nullable LineChange change) {
        return change != null && (change.quantityKept() || change.action() == Action.DELETED);
    }

    /** Whether it may be without a unit: of a difference, that of the order is meant then. */
    static boolean unitless(@Nullable LineChange change) {
        return uncounted(change) || change != null && change.action().difference();
    }
}
