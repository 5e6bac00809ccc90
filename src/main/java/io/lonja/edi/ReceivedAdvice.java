package io.lonja.edi;

import io.lonja.edi.AcknowledgmentRead.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An 824 or APERAK of a partner: what became of documents that we sent.
 *
 * @param as {@code 824} or {@code APERAK}
 * @param number the advice's own, BGN02 or BGM 1004; empty when it has none
 * @param about in wire order: one for each OTI, and one for an APERAK
 */
record ReceivedAdvice(String as, String number, List<About> about) {

    /** {@code 824 ADV-901}. */
    String title() {
        return number.isEmpty() ? as : "%s %s".formatted(as, number);
    }

    /**
     * What is said of one document.
     *
     * @param item it speaks of an item of the document, not of all of it
     * @param group OTI08; empty in an APERAK, and where nothing is said
     * @param set OTI09, or RFF ACW with UNH 0062; empty where nothing is said
     * @param type OTI10; empty in an APERAK, and where nothing is said
     * @param references in wire order
     * @param reasons at most {@value #REASONS_MAX}, in wire order
     */
    record About(
            Result result,
            boolean item,
            String group,
            String set,
            String type,
            List<Reference> references,
            List<Reason> reasons) {

        static final int REASONS_MAX = 99;
        private static final int REFERENCES_TOLD_MAX = 3;

        /** {@code group 14, 810 0001, IV I-2026-014}. */
        String title() {
            List<String> parts = new ArrayList<>();
            if (!group.isEmpty()) {
                parts.add("group " + group);
            }
            if (!set.isEmpty() || !type.isEmpty()) {
                parts.add("%s %s".formatted(type.isEmpty() ? "set" : type, set).strip());
            }
            references.stream().limit(REFERENCES_TOLD_MAX).map(Reference::title).forEach(parts::add);
            return parts.isEmpty() ? "a document that it does not name" : String.join(", ", parts);
        }

        /** Those that name a document of ours: an invoice by its own number, whatever order it names beside that. */
        List<Reference> documents() {
            List<Reference> invoices = references.stream()
                    .filter(reference -> Reference.INVOICE.contains(reference.qualifier()))
                    .toList();
            return invoices.isEmpty()
                    ? references.stream()
                            .filter(reference -> Reference.ORDER.contains(reference.qualifier()))
                            .toList()
                    : invoices;
        }
    }

    /** OTI02 and OTI03, or RFF: {@code IV I-2026-014}. */
    record Reference(String qualifier, String number) {

        private static final Set<String> INVOICE = Set.of("IV", "CM", "CD");
        private static final Set<String> ORDER = Set.of("PO", "ON");
        private static final Set<String> INVOICES = Set.of("810", "INVOIC");
        private static final Set<String> ORDERS = Set.of("850", "855", "860", "865", "ORDERS", "ORDRSP", "ORDCHG");

        String title() {
            return "%s %s".formatted(qualifier, number);
        }

        /** Whether what we send as this bears a number that is called so: an answer to an order bears the order's. */
        boolean isOf(String kind) {
            return INVOICE.contains(qualifier) && INVOICES.contains(kind)
                    || ORDER.contains(qualifier) && ORDERS.contains(kind);
        }
    }

    /**
     * Why, in the partner's words.
     *
     * @param code TED01, or ERC 9321; empty for a text that stands alone
     * @param title TED02; empty for none
     * @param place {@code segment 5 PO1, element 4}, {@code LI 2}; empty for none
     * @param found TED07, what stood there; empty for none
     * @param due TED08, what should; empty for none
     * @param text NTE02, or the lines of FTX; empty for none
     */
    record Reason(String code, String title, String place, String found, String due, String text) {

        private static final int TEXT_CHARACTERS = 350;

        /** {@code 024 price changed, segment 5 PO1, element 4, found "12.50", should be "12.75": Ask Lucia.} */
        String sentence() {
            List<String> parts = new ArrayList<>();
            parts.add("%s %s".formatted(code, title).strip());
            parts.add(place);
            parts.add(found.isEmpty() ? "" : "found \"%s\"".formatted(found));
            parts.add(due.isEmpty() ? "" : "should be \"%s\"".formatted(due));
            String said = parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
            String words = text.codePointCount(0, text.length()) > TEXT_CHARACTERS
                    ? text.substring(0, text.offsetByCodePoints(0, TEXT_CHARACTERS)) + "..."
                    : text;
            return said.isEmpty() || words.isEmpty() ? said + words : "%s: %s".formatted(said, words);
        }
    }
}
