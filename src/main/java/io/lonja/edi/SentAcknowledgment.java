package io.lonja.edi;

import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.util.Map;

/**
 * Evidence of what we told a sender; its payload is the 997, 999, TA1, CONTRL, 824 or APERAK, byte for byte as it is owed from then on.
 *
 * @param partner whom it is owed to
 * @param as {@code 997}, {@code 999}, {@code TA1}, {@code CONTRL}, {@code 824} or {@code APERAK}
 * @param receipt the receipt it is about, by its sequence
 * @param interchange which interchange of that receipt, counted from 0
 * @param lane whose numbers it takes: a digest of partner, receiver and sender
 * @param controlNumber ISA13 or UNB 0020 of the answer
 * @param noteCode TA105 of a TA1, UCI 0085 of a CONTRL that refuses; empty otherwise
 */
public record SentAcknowledgment(
        String partner, String as, long receipt, int interchange, String lane, long controlNumber, String noteCode) {

    public static final EntryType TYPE = EntryType.evidence("acknowledgment-sent");

    private static final String INTERCHANGE = "interchange";
    private static final String LANE = "lane";
    private static final String CONTROL_NUMBER = "control-number";
    private static final String NOTE_CODE = "note-code";

    /** From the header of its entry. */
    public static SentAcknowledgment of(Entry entry) {
        return new SentAcknowledgment(
                attribute(entry, Entry.DELIVER_TO),
                attribute(entry, Entry.DELIVER_AS),
                Long.parseLong(attribute(entry, Entry.ABOUT)),
                Integer.parseInt(attribute(entry, INTERCHANGE)),
                attribute(entry, LANE),
                Long.parseLong(attribute(entry, CONTROL_NUMBER)),
                attribute(entry, NOTE_CODE));
    }

    Draft draft(byte[] bytes) {
        return Draft.of(
                TYPE,
                Map.of(
                        Entry.DELIVER_TO,
                        partner,
                        Entry.DELIVER_AS,
                        as,
                        Entry.ABOUT,
                        Long.toString(receipt),
                        INTERCHANGE,
                        Integer.toString(interchange),
                        LANE,
                        lane,
                        CONTROL_NUMBER,
                        Long.toString(controlNumber),
                        NOTE_CODE,
                        noteCode),
                bytes);
    }

    private static String attribute(Entry entry, String name) {
        String value = entry.attributes().get(name);
        if (value == null) {
            throw new IllegalStateException("Acknowledgment %s has no attribute %s".formatted(entry.id(), name));
        }
        return value;
    }
}
