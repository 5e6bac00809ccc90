package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What kind of MDN a sender asks for: {@code Disposition-Notification-To}, {@code Disposition-Notification-Options} and
 * {@code Receipt-Delivery-Option} (RFC 4130, section 7.3).
 *
 * @param wanted whether there should be one at all
 * @param signed with a signature
 * @param address where it is wanted by another connection, as the sender wrote it; null for this one
 * @param algorithm name of the first digest in the sender's list that counts, as the sender spells it; else ours
 */
record ReceiptRequest(
        boolean wanted, boolean signed, @Nullable String address, String algorithm) {

    /** Of somebody who is not known yet: only safe digests count. */
    static ReceiptRequest of(MimeHeaders headers) {
        return of(headers, Set.of());
    }

    /** @param allowed weak digests that are good enough for this sender */
    static ReceiptRequest of(MimeHeaders headers, Set<Legacy> allowed) {
        // Options are "name=importance, value, value; name=importance, value": parameters without a value before them.
        HeaderValue options = HeaderValue.parse(
                ";" + headers.first("Disposition-Notification-Options").orElse(""));
        boolean signed = options.parameter("signed-receipt-protocol")
                .filter(protocols -> protocols.toLowerCase(Locale.ROOT).contains("pkcs7-signature"))
                .isPresent();
        Optional<String> algorithm = options.parameter("signed-receipt-micalg").stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(String::strip)
                .filter(name -> Digest.named(name)
                        .filter(digest -> digest.counts(allowed))
                        .isPresent())
                .findFirst();
        boolean wanted = headers.first("Disposition-Notification-To").isPresent();
        return new ReceiptRequest(
                wanted,
                signed,
                wanted
                        ? headers.first("Receipt-Delivery-Option")
                                .map(String::strip)
                                .orElse(null)
                        : null,
                algorithm.orElse(Digest.SHA256.registered()));
    }

    /** With which the MDN itself is signed. */
    Digest digest() {
        return Digest.named(algorithm).orElse(Digest.SHA256);
    }
}
