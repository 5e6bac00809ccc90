package io.lonja.cli.demo;

import java.net.URI;

/**
 * Where the hub answers, and what its clients pin.
 *
 * @param https address of the API and of AS2
 * @param fingerprint SHA-256 of the certificate there
 * @param sftpPort of the drop-box, on this machine
 * @param hostKey fingerprint of its host key: {@code SHA256:2nV…}
 */
public record DemoDoors(URI https, String fingerprint, int sftpPort, String hostKey) {}
