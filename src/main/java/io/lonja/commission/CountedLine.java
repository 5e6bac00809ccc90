package io.lonja.commission;

import io.lonja.archive.EntryId;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * A line of an invoice or a credit note as commission sees it.
 *
 * @param fact entry that made its document count
 * @param ordinal which document of that entry
 * @param index of the line in its document, counted from 0
 * @param invoiceNumber its own number for an invoice; for a credit note the one it names, empty when it names none
 * @param lineNumber as written
 * @param items item codes by scheme name
 * @param base the line's net less its part of the document's allowances
 * @param because the line's bytes
 * @param parts who bought how much of it, where it was bought for several; empty where the member bought it itself
 */
record CountedLine(
        EntryId fact,
        int ordinal,
        int index,
        PartyId supplier,
        PartyId member,
        LocalDate date,
        String invoiceNumber,
        String lineNumber,
        SortedMap<String, String> items,
        Money base,
        DocumentRef because,
        List<Part> parts) {

    /** What somebody bought of a line, in a unit that all parts of the line share; in the order in which cents are rounded up. */
    record Part(PartyId member, BigInteger weight) {}

    /** By what the documents say, never by when they came. */
    static final Comparator<CountedLine> BY_CONTENT = Comparator.comparing(CountedLine::date)
            .thenComparing(line -> line.because().number())
            .thenComparing(line -> line.because().sender().value())
            .thenComparing(CountedLine::index);

    /** All lines of one invoice number between the same two parties are reckoned together. */
    record Matter(PartyId supplier, PartyId member, String invoiceNumber) {}

    Matter matter() {
        return new Matter(supplier, member, invoiceNumber);
    }

    boolean isInvoice() {
        return because.type() == DocumentType.INVOICE;
    }

    /** {@code 57-0:2}: the third line of the first document of entry 57. */
    String key() {
        return key(fact, ordinal, index);
    }

    static String key(EntryId fact, int ordinal, int index) {
        return String.format(Locale.ROOT, "%s-%d:%d", fact, ordinal, index);
    }

    /** The same item under the same scheme; lines without any item code share nothing. */
    boolean sharesItemWith(CountedLine other) {
        return items.entrySet().stream().anyMatch(item -> item.getValue().equals(other.items.get(item.getKey())));
    }

    static boolean counts(BusinessDocument document) {
        return document.type() == DocumentType.INVOICE || document.type() == DocumentType.CREDIT_NOTE;
    }
}
