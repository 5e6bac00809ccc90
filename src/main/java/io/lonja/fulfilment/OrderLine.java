package io.lonja.fulfilment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An ordered line as changes of its order left it, and how far it came. All quantities are in the order's unit.
 *
 * @param id of the order in the register, or of the change that added the line, and the line's place in it counted from 0:
 *     {@code 17-0-2}
 * @param line its number, as written
 * @param confirmed by the newest response; null where there is none
 * @param backordered what that response leaves for later, or holds
 * @param received by the buyer, whether it kept it or not; null, and left out of JSON, where no receiving advice came
 * @param invoiced less what was credited
 * @param open what is still to be invoiced
 * @param missing what the supplier did not confirm and will not send later
 * @param dueOn the last day on which it may be open
 * @param because the line of the order
 * @param documents what was said of it, as written
 */
public record OrderLine(
        String id,
        PartyId buyer,
        PartyId seller,
        String order,
        LocalDate orderedOn,
        String line,
        SortedMap<String, String> items,
        String unit,
        BigDecimal ordered,
        @Nullable BigDecimal confirmed,
        BigDecimal backordered,
        BigDecimal sent,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal received,
        BigDecimal invoiced,
        BigDecimal open,
        BigDecimal missing,
        Status status,
        LocalDate dueOn,
        DocumentRef because,
        List<Said> documents) {

    /** How it ends, or that it has not. */
    public enum Status {
        OPEN,
        /** All that was ordered is invoiced. */
        INVOICED,
        /** All that is promised is invoiced; the rest will not come. */
        SHORT,
        /** Nothing of it will come. */
        CANCELLED;

        /** {@code open}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The status with this name, if there is one. */
        public static Optional<Status> named(String wireName) {
            return Arrays.stream(values())
                    .filter(status -> status.wireName().equals(wireName))
                    .findFirst();
        }
    }

    /**
     * A line of another document that is for this one.
     *
     * @param document id in the register
     * @param quantity in the line's own unit
     */
    public record Said(
            String document, DocumentType type, String number, String line, BigDecimal quantity, String unit) {}
}
