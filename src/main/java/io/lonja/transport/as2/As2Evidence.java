package io.lonja.transport.as2;

import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Payload;
import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** The partner's detached signature in it (SignedData in DER or BER), decrypted and decoded. */
    static final EntryType SIGNATURE = EntryType.evidence("as2-signature");

    /**
     * What that signature is over. Where the payload lies in it as it is, it is cut out, since the receipt behind has it:
     * {@link #PAYLOAD_AT} says where it belongs.
     */
    static final EntryType SIGNED_CONTENT = EntryType.evidence("as2-signed-content");

    /** The certificate it counts by, in DER; only where the signature does not bring it along. */
    static final EntryType SIGNER = EntryType.evidence("as2-signer");

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

    /** Of {@link #SIGNED_CONTENT}: how many of its bytes stand before the payload. */
    static final String PAYLOAD_AT = "payload-at";

    /** Of {@link #SIGNATURE}: SHA-256 of the signer's certificate. */
    static final String SIGNER_FINGERPRINT = "signer-fingerprint";
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

    /** A message that was taken: as it came, and what its signature is over; in the order of archiving. */
    static List<Draft> received(
            MimeHeaders headers, Payload body, PartyId partner, Opened.Accepted accepted, Workspace workspace) {
        Map<String, String> whose = Map.of(PARTNER, partner.value());
        List<Draft> drafts = new ArrayList<>(List.of(of(RECEIVED, kept(headers), body, whose)));
        if (accepted.signature() != null) {
            drafts.addAll(signed(accepted.signature(), accepted.payload(), whose, workspace));
        }
        return drafts;
    }

    private static List<Draft> signed(
            Opened.Signature signature, Bytes payload, Map<String, String> whose, Workspace workspace) {
        try {
            byte[] certificate = signature.signer().getEncoded();
            List<Draft> drafts = new ArrayList<>();
            drafts.add(of(
                    SIGNATURE,
                    whose,
                    signature.cms(),
                    Map.of(SIGNER_FINGERPRINT, Sha256.of(certificate).hex())));
            if (!signature.bringsSigner()) {
                drafts.add(of(SIGNER, whose, certificate, Map.of()));
            }
            Bytes content = signature.content();
            drafts.add(
                    payload.inside(content)
                            ? of(
                                    SIGNED_CONTENT,
                                    whose,
                                    around(content, payload),
                                    Map.of(PAYLOAD_AT, String.valueOf(payload.from() - content.from())))
                            : of(SIGNED_CONTENT, whose, workspace.payload(content), Map.of()));
            return drafts;
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    private static byte[] around(Bytes content, Bytes payload) {
        byte[] before = content.between(content.from(), payload.from()).toArray();
        byte[] behind = content.between(payload.until(), content.until()).toArray();
        byte[] around = Arrays.copyOf(before, before.length + behind.length);
        System.arraycopy(behind, 0, around, before.length, behind.length);
        return around;
    }

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
        return of(type, headers, Payload.of(body), more);
    }

    static Draft of(EntryType type, Map<String, String> headers, Payload body, Map<String, String> more) {
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
