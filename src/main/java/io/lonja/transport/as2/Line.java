package io.lonja.transport.as2;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * A way to a partner's web server.
 *
 * @param chunked whether the length of what is sent is left unsaid
 * @param authorization value of that header; on the wire only, never kept
 * @param tls whom we trust and who we are; null for what the Java platform says
 * @param proxy null for none
 * @param addresses the only ones to connect to, whatever the name means a moment later; null to look it up
 */
record Line(
        URI address,
        boolean chunked,
        @Nullable String authorization,
        @Nullable SSLContext tls,
        @Nullable HttpHost proxy,
        @Nullable List<InetAddress> addresses) {

    /** Without what nobody should read in a log. */
    @Override
    public String toString() {
        return address.toString();
    }
}
