package io.lonja.partner;

import java.util.List;

/**
 * The partner pushes to and fetches from the drop-box.
 *
 * @param authorizedKeys public keys that may log in, each a line as OpenSSH writes it: {@code ssh-ed25519 AAAA… note}
 */
public record SftpChannel(List<String> authorizedKeys) {

    public SftpChannel {
        authorizedKeys = List.copyOf(authorizedKeys);
    }
}
