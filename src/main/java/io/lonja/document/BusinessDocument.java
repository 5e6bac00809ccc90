package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lonja.archive.Sha256;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A document that trading partners exchange, the same record whatever syntax it came in. Its {@code type} says which record
 * it is, in facts and in the API as well.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "type",
        visible = true)
@JsonSubTypes({
    @JsonSubTypes.Type(
            value = PricedDocument.class,
            names = {
                "quotation",
                "purchase-order",
                "order-response",
                "order-change",
                "order-change-response",
                "invoice",
                "credit-note"
            }),
    @JsonSubTypes.Type(value = RequestForQuotation.class, names = "request-for-quotation"),
    @JsonSubTypes.Type(value = DespatchAdvice.class, names = "despatch-advice"),
    @JsonSubTypes.Type(value = ReceivingAdvice.class, names = "receiving-advice"),
    @JsonSubTypes.Type(value = RemittanceAdvice.class, names = "remittance-advice")
})
public sealed interface BusinessDocument
        permits PricedDocument, RequestForQuotation, DespatchAdvice, ReceivingAdvice, RemittanceAdvice {

    DocumentType type();

    /** The issuer's, exactly as written: leading zeros are kept. */
    String number();

    /** Of issue. */
    LocalDate date();

    /**
     * By role: {@code buyer}, {@code seller}, {@code ship-to}, {@code bill-to}, {@code remit-to} …
     */
    SortedMap<String, Party> parties();

    /**
     * Other documents and numbers by qualifier name: {@code purchase-order}, {@code invoice}, {@code contract} …; several
     * values of one name keep wire order.
     */
    SortedMap<String, List<String>> references();

    /** By meaning: {@code delivery-requested}, {@code ship-not-before} … */
    SortedMap<String, LocalDate> dates();

    /** The same with these parties. */
    BusinessDocument withParties(SortedMap<String, Party> others);

    /**
     * The order in which its number is one of a kind: buyers count the changes of each order from 1. Empty for a document
     * whose number is one of its sender's.
     */
    default List<String> within() {
        return type() == DocumentType.ORDER_CHANGE || type() == DocumentType.ORDER_CHANGE_RESPONSE
                ? references().getOrDefault("purchase-order", List.of())
                : List.of();
    }

    /** Of everything it says, not of where in which bytes: two transmissions of one document have the same digest. */
    default Sha256 contentDigest() {
        return ContentDigest.of(this);
    }

    /** The business date, type and number in one line for people: {@code invoice 4711 of 2026-11-02}. */
    default String title() {
        return "%s %s of %s".formatted(type().wireName(), number(), date());
    }

    /**
     * A party as the document names it.
     *
     * @param codes identification codes by scheme name: {@code gln}, {@code duns}, {@code assigned-by-buyer} …
     */
    record Party(@Nullable String name, SortedMap<String, String> codes, List<String> address) {}

    /**
     * How much of what.
     *
     * @param value exact, digits as written
     * @param unit X12 355 or UN/ECE Recommendation 20 code as written: {@code CA}, {@code EA}, {@code PCE}
     */
    record Quantity(BigDecimal value, String unit) {

        /** Whether both are counted in one unit, by whichever code: {@code CA} of X12 is {@code CS} of the Recommendation. */
        public boolean inUnitOf(Quantity other) {
            return Units.common(unit).equals(Units.common(other.unit));
        }
    }
}
