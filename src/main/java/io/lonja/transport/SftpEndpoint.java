package io.lonja.transport;

/** Where the hub's drop-box answers, and how a client that pins its host key knows it. */
public interface SftpEndpoint {

    /** The port that is open; meaningful once the server runs. */
    int port();

    /** SHA-256 of the host key, as {@code ssh-keygen -l} prints it: {@code SHA256:2nV…}. */
    String fingerprint();
}
