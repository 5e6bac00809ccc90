package io.lonja.partner;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The doors by which bytes come from a partner and go to it.
 *
 * @param as2 null when the partner has none
 * @param sftp null when the partner has none
 * @param httpsClient the client id of its API credentials
 */
public record Channels(@Nullable As2Channel as2, @Nullable SftpChannel sftp, String httpsClient) {

    public static final String AS2 = "as2";
    public static final String SFTP = "sftp";

    /** The channel by which we bring what we owe: AS2 before SFTP; empty when the partner fetches it by HTTPS. */
    public Optional<String> outbound() {
        if (as2 != null && as2.outbound() != null) {
            return Optional.of(AS2);
        }
        return sftp == null ? Optional.empty() : Optional.of(SFTP);
    }
}
