package io.lonja.partner;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Sha256;
import io.lonja.party.CodeKind;
import io.lonja.party.Identity;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.time.Duration;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code partner.yaml} says, in the form that is archived: lists are sorted, so that a profile that only looks
 * different keeps its version.
 *
 * @param answeredBy999 stands in the archived form only where it is true: profiles were archived before there was a choice.
 *     So it is with those of the control numbers and of what is spelled otherwise than usual
 * @param codes rows of its tables; a kind whose file has no row is here too
 */
record PartnerProfile(
        String name,
        List<Role> roles,
        List<Identity> identities,
        List<Agreement> agreements,
        Currency currency,
        TradingPartner.DuplicatePolicy duplicateInterchange,
        boolean requestsInterchangeAcknowledgment,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean answeredBy999,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Duration duplicateWindow,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean sequentialNumbers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WireForm wire,
        List<String> channels,
        String httpsClient,
        @Nullable As2Channel as2,
        @Nullable SftpChannel sftp,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<CodeKind, List<CodeRow>> codes) {

    @SuppressWarnings("ConstantValue") // Profiles of before have none.
    PartnerProfile {
        codes = codes == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(codes));
    }

    /** SHA-256 of the canonical form, in hexadecimal digits. */
    String version() {
        return Sha256.of(CanonicalJson.of(this)).hex();
    }

    boolean asksForAsynchronousMdns() {
        return as2 != null
                && as2.outbound() != null
                && as2.outbound().journey().mdn().asynchronous();
    }

    TradingPartner of(PartyId id) {
        return new TradingPartner(
                id,
                name,
                new LinkedHashSet<>(roles),
                new LinkedHashSet<>(identities),
                agreements,
                currency,
                duplicateInterchange,
                requestsInterchangeAcknowledgment,
                answeredBy999,
                new InterchangeNumbers(duplicateWindow, sequentialNumbers),
                wire == null ? WireForm.USUAL : wire,
                new Channels(as2, sftp, httpsClient),
                codes.isEmpty() ? CodeTables.NONE : new CodeTables(codes),
                version());
    }
}
