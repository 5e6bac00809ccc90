package io.lonja.transport;

/** Where the hub answers over TLS, and how a client that pins its certificate knows it. */
public interface HttpsEndpoint {

    /** The port that is open; meaningful once the web server runs. */
    int port();

    /** SHA-256 of the server certificate in DER, as OpenSSL prints it: {@code 9F:86:D0:…}. */
    String fingerprint();
}
