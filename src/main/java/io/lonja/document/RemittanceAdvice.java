package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lonja.archive.ByteRange;
import io.lonja.money.Money;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a payer says it paid, and for which documents. What the items say adds up to what is paid.
 *
 * @param number the payer's number of the payment, exactly as written
 * @param date of issue
 * @param currency of every amount in it
 * @param amount that is paid in all
 * @param method how it is paid; null where that is not said
 * @param parties by role: {@code payer}, {@code payee}, {@code buyer}, {@code seller} …
 * @param references of the whole payment
 * @param dates {@code value}: when the payee has the money …
 * @param items in wire order
 */
public record RemittanceAdvice(
        DocumentType type,
        String number,
        LocalDate date,
        Currency currency,
        Money amount,
        @Nullable Method method,
        SortedMap<String, Party> parties,
        SortedMap<String, List<String>> references,
        SortedMap<String, LocalDate> dates,
        List<Item> items)
        implements BusinessDocument {

    /** Throws {@link IllegalArgumentException} when it is of another type, or the items do not add up to the amount. */
    public RemittanceAdvice {
        items = List.copyOf(items);
        if (type != DocumentType.REMITTANCE_ADVICE) {
            throw new IllegalArgumentException("%s %s is no remittance advice".formatted(type.wireName(), number));
        }
        Money sum = items.stream().map(Item::counted).reduce(Money.zero(currency), Money::plus);
        if (!sum.equals(amount)) {
            throw new IllegalArgumentException(
                    "Remittance advice %s is over %s, but its items come to %s".formatted(number, amount, sum));
        }
    }

    /**
     * How it is paid.
     *
     * @param name {@code credit-transfer}, {@code cheque} …; null where the code has no name
     * @param code the source's
     */
    public record Method(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String name,

            String code) {}

    /**
     * A document that is paid, or a correction of what is paid.
     *
     * @param code the source's code of the kind
     * @param number the document's, exactly as written; null for a correction that names none
     * @param date of the document
     * @param due what the document is over, or what of it is still to be paid, as the payer says
     * @param paid of a credit note what is taken off, positive as on the note itself; of anything else as it counts,
     *     negative where it is taken off
     * @param discount that the payer took for paying early
     * @param adjustments why less or more is paid than is due; they are in {@code paid} already
     * @param references {@code purchase-order} …
     */
    public record Item(
            Kind kind,
            String code,
            @Nullable String number,
            @Nullable LocalDate date,
            @Nullable Money due,
            Money paid,
            @Nullable Money discount,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Adjustment> adjustments,
            SortedMap<String, List<String>> references,
            ByteRange wire) {

        /** Throws {@link IllegalArgumentException} for a negative credit note, and for a document without a number. */
        @SuppressWarnings("ConstantValue") // Empty ones are left out where facts are written.
        public Item {
            adjustments = adjustments == null ? List.of() : List.copyOf(adjustments);
            if (kind == Kind.CREDIT_NOTE && paid.isNegative()) {
                throw new IllegalArgumentException("The credit note %s is over %s".formatted(number, paid));
            }
            if (number == null && kind != Kind.ADJUSTMENT) {
                throw new IllegalArgumentException("A %s is paid that has no number".formatted(code));
            }
        }

        /** What it adds to the payment: negative for a credit note. */
        public Money counted() {
            return kind == Kind.CREDIT_NOTE ? paid.negated() : paid;
        }

        /** What is paid. */
        public enum Kind {
            @JsonProperty("invoice")
            INVOICE,
            @JsonProperty("credit-note")
            CREDIT_NOTE,
            @JsonProperty("debit-note")
            DEBIT_NOTE,
            /** A correction of the whole payment. */
            @JsonProperty("adjustment")
            ADJUSTMENT,
            @JsonProperty("other")
            OTHER
        }
    }

    /**
     * Why less or more is paid than is due.
     *
     * @param code the source's reason code
     * @param amount negative where less is paid
     * @param references the documents that it is about
     */
    public record Adjustment(
            String code,
            Money amount,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, List<String>> references) {

        @SuppressWarnings("ConstantValue") // Empty ones are left out where facts are written.
        public Adjustment {
            references = Collections.unmodifiableSortedMap(references == null ? new TreeMap<>() : references);
        }
    }

    @Override
    public RemittanceAdvice withParties(SortedMap<String, Party> others) {
        return new RemittanceAdvice(type, number, date, currency, amount, method, others, references, dates, items);
    }
}
