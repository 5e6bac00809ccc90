package io.lonja.mapping;

import io.lonja.document.DocumentType;
import io.lonja.document.RemittanceAdvice;
import io.lonja.document.RemittanceAdvice.Adjustment;
import io.lonja.document.RemittanceAdvice.Item;
import io.lonja.document.RemittanceAdvice.Item.Kind;
import io.lonja.document.RemittanceAdvice.Method;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a remittance advice of the maps that a guide's Smooks file fills. The names it knows besides those of {@link
 * DocumentAssembler} for number, purpose, currency, parties, references and dates:
 *
 * <ul>
 *   <li>document: {@code flag} (whose debit or credit it is), {@code method}, {@code amount}, or the list {@code amounts} of
 *       {@code qualifier value}, of which {@code amount.…} of the names calls one {@code paid}, and the lists {@code paidDocuments} and {@code corrections}
 *   <li>paid document: {@code document} (the code of its kind), {@code number due paid discount}, or the list {@code amounts}, and the
 *       lists {@code dates references adjustments}
 *   <li>adjustment and correction: {@code code amount}, the list {@code references}
 * </ul>
 */
final class RemittanceAssembler {

    /** Ten trillion euros, as in {@link DocumentAssembler}: sums over nine thousand of them fit as well. */
    private static final long MINOR_UNITS_MAX = 1_000_000_000_000_000L;

    private static final String VALUE = "value";

    private final Fields source;
    private final Names names;
    private final Problems problems = new Problems();

    private RemittanceAssembler(Fields source, Names names) {
        this.source = source;
        this.names = names;
    }

    static Mapped assemble(Fields source, Names names, MappingContext context) {
        RemittanceAssembler assembler = new RemittanceAssembler(source, names);
        RemittanceAdvice content = assembler.document(context);
        return new Mapped(DocumentType.REMITTANCE_ADVICE, content, assembler.problems.found());
    }

    private @Nullable RemittanceAdvice document(MappingContext context) {
        Heading heading = new Heading(source, names, problems);
        heading.demandOriginal();
        String number = heading.number();
        SortedMap<String, LocalDate> dates = LineAssembler.dates(source, names, problems);
        LocalDate date = date(dates);
        if (names.find("flag", source.text("flag")).equals(Optional.of("debit"))) {
            problems.add(
                    "payment-debit",
                    source.place(),
                    "%s: the payment is a debit, which the payee collects; only what a payer pays is registered, so settle it with the sender.");
        }
        Currency currency = StatedCurrency.of(source, context, problems);
        if (currency == null) {
            return null;
        }
        Money amount = amount(source, source.has("amount") ? "amount" : "paid", currency);
        if (amount == null) {
            problems.add(
                    "amount-missing",
                    source.place(),
                    "%s: the remittance advice does not say how much is paid; ask the sender to resend it.");
        }
        List<Item> items = items(currency);
        int told =
                source.list("paidDocuments").size() + source.list("corrections").size();
        if (told == 0) {
            problems.add(
                    "items-missing",
                    source.place(),
                    "%s: the remittance advice does not say what is paid; ask the sender to resend it with its documents.");
        }
        if (number.isEmpty() || date == null || amount == null || told == 0 || items.size() < told) {
            return null;
        }
        Money sum = items.stream().map(Item::counted).reduce(Money.zero(currency), Money::plus);
        if (!sum.equals(amount)) {
            problems.differs(
                    "total-differs",
                    source.place("amountAt"),
                    amount.amount().toPlainString(),
                    sum.amount().toPlainString(),
                    "%s says that %s are paid, but what is paid of each document comes to %s; ask the sender to correct and resend it.");
            return null;
        }
        return new RemittanceAdvice(
                DocumentType.REMITTANCE_ADVICE,
                number,
                date,
                currency,
                amount,
                method(),
                Parties.of(List.of(source), names),
                LineAssembler.references(source, names),
                dates,
                items);
    }

    /** Of issue, else when the payee has the money. */
    private @Nullable LocalDate date(SortedMap<String, LocalDate> dates) {
        LocalDate own = dates.remove("document");
        LocalDate date = own == null ? dates.get(VALUE) : own;
        if (date == null) {
            problems.add("date-missing", source.place(), "%s: the document has no date; ask the sender to resend it.");
        }
        return date;
    }

    private @Nullable Method method() {
        String code = source.text("method");
        return code.isEmpty() ? null : new Method(names.find("method", code).orElse(null), code);
    }

    private List<Item> items(Currency currency) {
        List<Item> items = new ArrayList<>();
        source.list("paidDocuments").forEach(item -> {
            Item paid = item(item, currency);
            if (paid != null) {
                items.add(paid);
            }
        });
        source.list("corrections").forEach(correction -> {
            Money amount = amount(correction, "amount", currency);
            if (amount != null) {
                items.add(new Item(
                        Kind.ADJUSTMENT,
                        correction.text("code"),
                        null,
                        null,
                        null,
                        amount,
                        null,
                        List.of(),
                        LineAssembler.references(correction, names),
                        correction.place().bytes()));
            }
        });
        items.sort(Comparator.comparingLong(item -> item.wire().from()));
        return items;
    }

    private @Nullable Item item(Fields item, Currency currency) {
        Place place = item.place();
        String code = item.text("document");
        Kind kind = names.find("document", code)
                .map(name -> Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(Kind.OTHER);
        Money paid = amount(item, "paid", currency);
        Money due = amount(item, "due", currency);
        if (!item.has("number")) {
            problems.add(
                    "item-number-missing",
                    place,
                    "%s: the paid document has no number; ask the sender to resend it with one.");
        }
        if (paid == null && !said(item, "paid")) {
            problems.add(
                    "paid-missing",
                    place,
                    "%s: it does not say how much is paid of document %s; ask the sender to resend it.",
                    item.text("number"));
        }
        List<Adjustment> adjustments = new ArrayList<>();
        for (Fields adjustment : item.list("adjustments")) {
            Money amount = amount(adjustment, "amount", currency);
            if (amount != null) {
                adjustments.add(
                        new Adjustment(adjustment.text("code"), amount, LineAssembler.references(adjustment, names)));
            }
        }
        if (!item.has("number") || paid == null) {
            return null;
        }
        // Some write credit notes with a minus sign, others without: both mean the same.
        boolean credit = kind == Kind.CREDIT_NOTE;
        return new Item(
                kind,
                code,
                item.text("number"),
                date(item),
                credit ? positive(due) : due,
                credit && paid.isNegative() ? paid.negated() : paid,
                amount(item, "discount", currency),
                adjustments,
                LineAssembler.references(item, names),
                place.bytes());
    }

    private static @Nullable Money positive(@Nullable Money amount) {
        return amount != null && amount.isNegative() ? amount.negated() : amount;
    }

    /** The document's own; other dates stay in the bytes. */
    private @Nullable LocalDate date(Fields item) {
        return item.list("dates").stream()
                .filter(date -> names.find("item-date", date.text("qualifier")).isPresent())
                .flatMap(date -> problems.days(date, "value", names, date.place()).stream())
                .findFirst()
                .orElse(null);
    }

    private boolean said(Fields thing, String name) {
        return thing.has(name) || qualified(thing, name).isPresent();
    }

    private Optional<Fields> qualified(Fields thing, String name) {
        return thing.list("amounts").stream()
                .filter(amount -> names.find("amount", amount.text("qualifier")).equals(Optional.of(name)))
                .findFirst();
    }

    /** The amount as it stands, with its sign; null where it is not told, or cannot be counted (a problem then). */
    private @Nullable Money amount(Fields thing, String name, Currency currency) {
        Fields told = thing.has(name) ? thing : qualified(thing, name).orElse(thing);
        Place place = thing.place();
        BigDecimal amount = problems.decimal(told, told == thing ? name : "value", place);
        if (amount == null) {
            return null;
        }
        if (amount.stripTrailingZeros().scale() > currency.getDefaultFractionDigits()) {
            problems.add(
                    "amount-too-fine",
                    place,
                    "%s: the amount %s is finer than %s has minor units; ask the sender to correct and resend it.",
                    amount.toPlainString(),
                    currency);
            return null;
        }
        if (amount.abs().compareTo(BigDecimal.valueOf(MINOR_UNITS_MAX, currency.getDefaultFractionDigits())) > 0) {
            problems.add(
                    "amount-too-large",
                    place,
                    "%s: the amount %s of this document is larger than the hub counts; ask the sender to correct and resend it.",
                    amount.toPlainString());
            return null;
        }
        return Money.exactly(amount, currency);
    }
}
