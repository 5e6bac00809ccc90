package io.lonja.transport.sftp;

import io.lonja.party.PartyId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.function.Function;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may log in: the user is a partner's id, the key one of its profile as it is at this moment. */
final class PartnerKeys implements PublickeyAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerKeys.class);
    private static final int RSA_BITS_MIN = 2_048;

    private final Function<PartyId, List<String>> authorizedKeys;

    /** @param authorizedKeys public keys as lines of OpenSSH; none for who has no drop-box */
    PartnerKeys(Function<PartyId, List<String>> authorizedKeys) {
        this.authorizedKeys = authorizedKeys;
    }

    @Override
    public boolean authenticate(String user, PublicKey offered, ServerSession session) {
        if (offered instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            return false;
        }
        PartyId partner;
        try {
            partner = new PartyId(user);
        } catch (IllegalArgumentException notAPartner) {
            return false;
        }
        List<String> lines = authorizedKeys.apply(partner);
        if (lines.stream().anyMatch(line -> is(partner, line, offered))) {
            return true;
        }
        if (!lines.isEmpty()) {
            LOG.info(
                    "{}: the key {} from {} is none of its profile",
                    partner,
                    KeyUtils.getFingerPrint(BuiltinDigests.sha256, offered),
                    session.getClientAddress());
        }
        return false;
    }

    private static boolean is(PartyId partner, String line, PublicKey offered) {
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
            if (entry == null) {
                return false;
            }
            if (!entry.getLoginOptions().isEmpty()) {
                LOG.warn("{}: a key with options is not used; the profile takes bare keys", partner);
                return false;
            }
            PublicKey key = entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            return key != null && KeyUtils.compareKeys(key, offered);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn("{}: an authorized key of its profile cannot be read: {}", partner, e.getMessage());
            return false;
        }
    }
}
