package io.lonja.mapping;

import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.ReceivingAdvice.Discrepancy;
import io.lonja.document.ReceivingAdvice.Discrepancy.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much of a line was received and accepted, and what is wrong with how much of it. A line has {@code quantity unit} (what
 * was received), {@code returned returnedUnit}, {@code despatched despatchedUnit ordered orderedUnit}, or the list {@code
 * quantities} of {@code qualifier quantity unit}, which {@code quantity.…} of the names calls {@code received delivered
 * accepted refused despatched ordered}; and the list {@code variances} of {@code quantity unit qualifier code reason text}. What these
 * are, {@code discrepancy.…} says of their code ({@code accepted} where it is no discrepancy but how much is kept), else
 * {@code variance.…} of their qualifier, else their sign.
 *
 * @param despatched null where it is not told
 * @param ordered null where it is not told
 */
record ReceivedQuantities(
        Quantity received,
        Quantity accepted,
        @Nullable Quantity despatched,
        @Nullable Quantity ordered,
        List<Discrepancy> discrepancies) {

    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";

    /** Null where they do not say what was received, or contradict each other (a problem then). */
    static @Nullable ReceivedQuantities of(Fields line, Names names, Problems problems) {
        return new Reading(line, names, problems).quantities();
    }

    /** Of one line. */
    private static final class Reading {

        private final Fields line;
        private final Names names;
        private final Problems problems;
        private final Place place;
        private final Map<String, Quantity> told = new TreeMap<>();
        private final List<Discrepancy> discrepancies = new ArrayList<>();
        /** What discrepancies say that is not kept; null where none says so. */
        private @Nullable Quantity notKept;

        private boolean wrong;

        Reading(Fields line, Names names, Problems problems) {
            this.line = line;
            this.names = names;
            this.problems = problems;
            this.place = line.place();
        }

        @Nullable
        ReceivedQuantities quantities() {
            tell("received", line, "quantity", "unit");
            tell("despatched", line, "despatched", "despatchedUnit");
            tell("ordered", line, "ordered", "orderedUnit");
            List<Fields> refusals = new ArrayList<>();
            for (Fields quantity : line.list("quantities")) {
                names.find("quantity", quantity.text("qualifier")).ifPresent(name -> {
                    tell(name, quantity, "quantity", "unit");
                    if (name.equals(REFUSED)) {
                        refusals.add(quantity);
                    }
                });
            }
            line.list("variances").forEach(this::variance);
            returned();
            refusals(refusals);
            return wrong ? null : reckoned();
        }

        /** Several of one name count together. */
        private void tell(String name, Fields from, String value, String unit) {
            BigDecimal quantity = problems.decimal(from, value, place);
            if (quantity == null) {
                wrong |= from.has(value);
                return;
            }
            if (quantity.signum() < 0) {
                negative(quantity);
                return;
            }
            Quantity added = new Quantity(quantity, unit(from, unit));
            Quantity before = told.get(name);
            told.put(name, before == null ? added : new Quantity(before.value().add(added.value()), before.unit()));
            wrong |= before != null && !sameUnit(before, added);
        }

        private void negative(BigDecimal quantity) {
            wrong = true;
            problems.add(
                    "quantity-negative",
                    place,
                    "%s: the quantity %s is negative, but nobody receives less than nothing; ask the sender to correct and resend it.",
                    quantity.toPlainString());
        }

        private String unit(Fields from, String name) {
            String unit = from.has(name)
                    ? from.text(name)
                    : Stream.of("received", ACCEPTED, "delivered", REFUSED)
                            .map(told::get)
                            .filter(Objects::nonNull)
                            .map(Quantity::unit)
                            .findFirst()
                            .orElseGet(() -> LineAssembler.unit(line, names));
            if (unit.isEmpty()) {
                wrong = true;
                LineAssembler.noUnit(place, problems);
            }
            return unit;
        }

        private boolean sameUnit(Quantity one, Quantity other) {
            if (one.unit().equals(other.unit())) {
                return true;
            }
            problems.differs(
                    "unit-differs",
                    place,
                    one.unit(),
                    other.unit(),
                    "%s counts the same goods in %s and in %s; ask the sender to count them in one unit.");
            return false;
        }

        private void variance(Fields variance) {
            BigDecimal quantity = problems.decimal(variance, "quantity", variance.place());
            if (quantity == null) {
                wrong |= variance.has("quantity");
                return;
            }
            String code = variance.text("code");
            String qualifier = variance.text("qualifier");
            String meaning = code.isEmpty()
                    ? names.find("variance", qualifier).orElse(quantity.signum() < 0 ? "short" : "over")
                    : names.find("discrepancy", code).orElse("other");
            if (meaning.equals(ACCEPTED)) {
                tell(ACCEPTED, variance, "quantity", "unit");
                return;
            }
            String reason = variance.has("reason") ? variance.text("reason") : variance.text("text");
            Quantity of = new Quantity(quantity.abs(), unit(variance, "unit"));
            discrepancies.add(new Discrepancy(kind(meaning), of, coded(code, qualifier), orNull(reason)));
            // Its qualifier says that it is not kept, whatever is wrong with it.
            if (meaning.equals(REFUSED) || names.find("quantity", qualifier).equals(Optional.of(REFUSED))) {
                notKept(of);
            }
        }

        /** A qualifier that says more than the kind stands in the place of the code. */
        private @Nullable String coded(String code, String qualifier) {
            return code.isEmpty() && names.find("discrepancy", qualifier).isPresent() ? qualifier : orNull(code);
        }

        private void notKept(Quantity refused) {
            Quantity before = notKept;
            wrong |= before != null && !sameUnit(before, refused);
            notKept = before == null ? refused : new Quantity(before.value().add(refused.value()), before.unit());
        }

        /** What went back is told once more where a code says that it was rejected. */
        private void returned() {
            BigDecimal returned = problems.decimal(line, "returned", place);
            if (returned == null) {
                wrong |= line.has("returned");
                return;
            }
            if (returned.signum() < 0) {
                negative(returned);
                return;
            }
            BigDecimal coded = discrepancies.stream()
                    .filter(each -> names.find("returned", each.code() == null ? "" : each.code())
                            .isPresent())
                    .map(each -> each.quantity().value())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            if (coded.signum() == 0 && returned.signum() > 0) {
                Quantity refused = new Quantity(returned, unit(line, "returnedUnit"));
                discrepancies.add(new Discrepancy(Kind.REFUSED, refused, null, null));
                notKept(refused);
            } else if (coded.compareTo(returned) != 0) {
                wrong = true;
                problems.differs(
                        "returned-differs",
                        place,
                        returned.toPlainString(),
                        coded.toPlainString(),
                        "%s says that %s are returned, but that %s are rejected; ask the sender to correct and resend it.");
            }
        }

        /** A refused quantity that no variance explains is a discrepancy itself. */
        private void refusals(List<Fields> refusals) {
            Quantity told = this.told.get(REFUSED);
            Quantity explained = notKept;
            if (told != null && explained != null && told.value().compareTo(explained.value()) != 0) {
                wrong = true;
                problems.differs(
                        "refused-differs",
                        place,
                        told.value().toPlainString(),
                        explained.value().toPlainString(),
                        "%s says that %s are refused, but its discrepancies come to %s; ask the sender to correct and resend it.");
            }
            if (discrepancies.stream().anyMatch(each -> each.kind() != Kind.SHORT && each.kind() != Kind.OVER)) {
                return;
            }
            for (Fields refusal : refusals) {
                BigDecimal quantity = problems.decimal(refusal, "quantity", place);
                if (quantity != null && quantity.signum() > 0) {
                    discrepancies.add(new Discrepancy(
                            Kind.REFUSED,
                            new Quantity(quantity, unit(refusal, "unit")),
                            coded("", refusal.text("qualifier")),
                            null));
                }
            }
        }

        private @Nullable ReceivedQuantities reckoned() {
            Quantity accepted = told.get(ACCEPTED);
            Quantity own = told.get(REFUSED);
            Quantity refused = own == null ? notKept : own;
            Quantity received = told.containsKey("received") ? told.get("received") : told.get("delivered");
            if (received == null && accepted != null) {
                received = refused == null || !sameUnit(accepted, refused)
                        ? accepted
                        : new Quantity(accepted.value().add(refused.value()), accepted.unit());
            }
            if (received == null && onlyShort()) {
                received = new Quantity(
                        BigDecimal.ZERO, discrepancies.get(0).quantity().unit());
            }
            if (received == null) {
                problems.add(
                        "quantity-missing",
                        place,
                        "%s: the line does not say how much was received; ask the sender to resend it.");
                return null;
            }
            if (accepted == null) {
                if (refused != null && !sameUnit(received, refused)) {
                    return null;
                }
                accepted = refused == null
                        ? received
                        : new Quantity(received.value().subtract(refused.value()), received.unit());
            } else if (!sameUnit(received, accepted)) {
                return null;
            } else if (own != null && accepted.value().add(own.value()).compareTo(received.value()) != 0) {
                problems.differs(
                        "received-differs",
                        place,
                        received.value().toPlainString(),
                        accepted.value().add(own.value()).toPlainString(),
                        "%s says that %s were received, but accepted and refused come to %s; ask the sender to correct and resend it.");
                return null;
            }
            if (accepted.value().signum() < 0 || accepted.value().compareTo(received.value()) > 0) {
                problems.differs(
                        "accepted-differs",
                        place,
                        received.value().toPlainString(),
                        accepted.value().toPlainString(),
                        "%s says that %s were received, but that leaves %s as accepted; ask the sender to correct and resend it.");
                return null;
            }
            return new ReceivedQuantities(
                    received, accepted, told.get("despatched"), told.get("ordered"), List.copyOf(discrepancies));
        }

        private boolean onlyShort() {
            return !discrepancies.isEmpty() && discrepancies.stream().allMatch(each -> each.kind() == Kind.SHORT);
        }
    }

    private static Kind kind(String name) {
        return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
