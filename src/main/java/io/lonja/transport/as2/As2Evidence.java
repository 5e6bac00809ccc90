package io.lonja.transport.as2;

import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.party.PartyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of AS2 stays in the archive. The payload is the body of the message; the headers that matter are attributes
 * under their names in lower case, so that body and {@code content-type} together are what a signature can be checked
 * over years later.
 */
final class As2Evidence {

    /** A message that was taken, as it came; the receipt of what was in it follows. */
    static final EntryType RECEIVED = EntryType.evidence("as2-received");

    /**
     * The MDN that answered it, exactly; stands right behind the receipt. An asynchronous one is owed to its partner and
     * says where it goes.
     */
    static final EntryType MDN_SENT = EntryType.evidence("mdn-sent");

    /** A message as it left; a retry sends the same bytes. */
    static final EntryType SENT = EntryType.evidence("as2-sent");

    /** What a partner answered to it, as it came. */
    static final EntryType MDN_RECEIVED = EntryType.evidence("mdn-received");

    static final String PARTNER = "partner";
    static final String ORIGINAL_MESSAGE_ID = "original-message-id";
    static final String DISPOSITION = "disposition";
    /** Of {@link #SENT} and {@link #MDN_RECEIVED}: the delivery that it brings, by its sequence. */
    static final String DELIVERY = "delivery";
    /** Of {@link #SENT}: what the partner's MDN must return. */
    static final String MIC = "mic";

    /** Of an asynchronous {@link #MDN_SENT}: the address that its partner wants it at. */
    static final String MDN_URL = "mdn-url";

    /** The seam and the kind of an MDN that is owed. */
    static final String MDN = "mdn";

    static final int HEADER_CHARACTERS_MAX = 1_000;
    private static final int SHOWN_CHARACTERS_MAX = 200;

    /** Headers that say how the body is to be read, who wrote to whom, and what answer was asked for. */
    static final List<String> HEADERS = List.of(
            "as2-from",
            "as2-to",
            "as2-version",
            "message-id",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "mime-version",
            "date",
            "subject",
            "user-agent",
            "ediint-features",
            "disposition-notification-to",
            "disposition-notification-options",
            "receipt-delivery-option");

    private As2Evidence() {}

    /** The headers that are kept, shortened where somebody sent more than any header has. */
    static Map<String, String> kept(MimeHeaders headers) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : HEADERS) {
            headers.first(name).ifPresent(value -> kept.put(name, shortened(value)));
        }
        return kept;
    }

    /** A header that says how the body is to be read and is longer than what is kept. */
    static Optional<String> tooLong(MimeHeaders headers) {
        return HEADERS.stream()
                .filter(name -> headers.first(name)
                        .filter(value -> value.length() > HEADER_CHARACTERS_MAX)
                        .isPresent())
                .findFirst();
    }

    static Draft of(EntryType type, Map<String, String> headers, byte[] body, Map<String, String> more) {
        Map<String, String> attributes = new TreeMap<>(headers);
        attributes.putAll(more);
        return Draft.of(type, attributes, body);
    }

    /** An MDN that came, about what this delivery brings. */
    static Draft mdnReceived(
            MimeHeaders headers, byte[] body, PartyId from, EntryId delivery, MdnReader.Reading reading) {
        return of(
                MDN_RECEIVED,
                kept(headers),
                body,
                Map.of(
                        PARTNER,
                        from.value(),
                        DELIVERY,
                        delivery.toString(),
                        DISPOSITION,
                        reading instanceof MdnReader.Reading.Read read
                                ? shown(read.mdn().disposition())
                                : "unusable"));
    }

    /** The headers of evidence as they go on the wire. */
    static TreeMap<String, String> onTheWire(Map<String, String> attributes) {
        TreeMap<String, String> headers = new TreeMap<>(attributes);
        headers.keySet()
                .removeAll(List.of(
                        ORIGINAL_MESSAGE_ID,
                        DISPOSITION,
                        PARTNER,
                        DELIVERY,
                        MIC,
                        MDN_URL,
                        Entry.DELIVER_TO,
                        Entry.DELIVER_AS,
                        Entry.DELIVER_BY));
        return headers;
    }

    /** What a partner wrote, as much of it as a person wants to read. */
    static String shown(@Nullable String text) {
        String clean = String.valueOf(text).replaceAll("[^ -~]", "?");
        return clean.length() <= SHOWN_CHARACTERS_MAX ? clean : clean.substring(0, SHOWN_CHARACTERS_MAX);
    }

    private static String shortened(String value) {
        return value.length() <= HEADER_CHARACTERS_MAX ? value : value.substring(0, HEADER_CHARACTERS_MAX);
    }
}
