package io.lonja.document;

import io.lonja.archive.ArchiveRef;
import io.lonja.archive.EntryId;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A document as the register keeps it.
 *
 * @param id the receipt's sequence and the document's place in it: {@code 17-0}
 * @param type of the document
 * @param number the issuer's, as written; null where the set does not say one
 * @param date of issue
 * @param partner who sent it
 * @param counterparty the other side, where known: the seller of an order or of a self-billed invoice, the buyer of any
 *     other
 * @param total the payable amount
 * @param interchange control number of the interchange, as written
 * @param controlNumber of the transaction set, as written
 * @param at its bytes: the receipt's entry and the range in its payload
 * @param fact the entry of mapping that it stands in the register by, also when a {@link DocumentRelease} made it count
 * @param repeats the document of equal content that came first, for a {@link State#REPEAT}
 * @param problems why it is held or refused
 * @param content what it says; null when it does not say enough to make a document of it
 */
public record RegisteredDocument(
        String id,
        DocumentType type,
        @Nullable String number,
        @Nullable LocalDate date,
        PartyId partner,
        @Nullable PartyId counterparty,
        @Nullable Money total,
        String interchange,
        String controlNumber,
        String guide,
        ArchiveRef at,
        EntryId fact,
        State state,
        @Nullable String repeats,
        List<MappingProblem> problems,
        Instant recordedAt,
        @Nullable BusinessDocument content) {

    /** What a document counts for. */
    public enum State {
        /** It took effect. */
        BOOKED,
        /** The interchange is marked as a test: registered, without effect. */
        TEST,
        /** Its problems or an earlier document of the same number keep it from counting; a person must look. */
        HELD,
        /** Its problems refuse it and its sender was told so; a corrected one is another document. */
        REFUSED,
        /** It says the same as an earlier one: no effect. */
        REPEAT;

        /** {@code booked}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether it is held or refused for what could not be mapped, and not for what came before it. */
    public boolean unmapped() {
        return state == State.REFUSED || state == State.HELD && !problems.isEmpty();
    }

    /** Its place in the receipt, counted from 0. */
    public int ordinal() {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    /** The receipt that brought it. */
    public EntryId receipt() {
        return at.entry();
    }

    /** The id of the document at this place, counted from 0, of a receipt. Stable through every rebuild. */
    public static String idOf(EntryId receipt, int ordinal) {
        return receipt + "-" + ordinal;
    }
}
