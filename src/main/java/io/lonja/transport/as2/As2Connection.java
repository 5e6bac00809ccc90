package io.lonja.transport.as2;

import io.lonja.archive.Payload;
import io.lonja.delivery.Carried;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One message to a partner's address and its answer, each over a connection of its own: a partner's keys and passwords
 * are never on another's, and nobody answers on a connection that was closed without a word. Redirects are not
 * followed, since the address is what the profile says; over TLS the server's certificate must be trusted and name the
 * host.
 */
final class As2Connection {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(15);
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    /** What the slowest line carries on which a large message still arrives: 8 Mbit/s. */
    private static final long SLOWEST_BYTES_PER_SECOND = 1 << 20;

    private static final Duration WITHIN_MAX = Duration.ofMinutes(14);

    /** Worth another attempt, as every 5xx is; another answer will be the same tomorrow. */
    private static final Set<Integer> AGAIN = Set.of(408, 425, 429);

    private static final Duration RETRY_AFTER_MIN = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "as2-deadlines");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration answerWithin;
    private final Clock clock;

    /**
     * @param answerWithin from the first byte sent to the last byte of the answer; a second longer for every megabyte
     *     that is sent, at most 14 minutes
     */
    As2Connection(Duration answerWithin, Clock clock) {
        this.answerWithin = answerWithin;
        this.clock = clock;
    }

    /** What came back. */
    sealed interface Outcome {

        record Answered(int status, MimeHeaders headers, byte[] body) implements Outcome {

            boolean taken() {
                return status / 100 == 2;
            }
        }

        /** @param because a sentence for the operator */
        record Silent(String because) implements Outcome {}
    }

    /** @param body is read from where it lies */
    Outcome post(Line line, Map<String, String> headers, Payload body) {
        HttpPost request = new HttpPost(line.address());
        headers.forEach(request::setHeader);
        if (line.authorization() != null) {
            request.setHeader("Authorization", line.authorization());
        }
        // A length of -1 is left unsaid.
        request.setEntity(new EntityTemplate(line.chunked() ? -1 : body.length(), null, null, out -> {
            try (InputStream in = body.open()) {
                in.transferTo(out);
            }
        }));
        Duration within = within(body.length());
        ScheduledFuture<?> deadline = deadlines.schedule(request::cancel, within.toMillis(), TimeUnit.MILLISECONDS);
        try (CloseableHttpClient http = http(line)) {
            return http.execute(request, response -> answered(request, response));
        } catch (IOException e) {
            return new Outcome.Silent(
                    deadline.isDone()
                            ? "%s did not answer within %d s.".formatted(line, within.toSeconds())
                            : "%s could not be reached: %s.".formatted(line, reason(e)));
        } finally {
            deadline.cancel(false);
        }
    }

    /** More for what takes long on the line, and never so much that the lane's lease ends meanwhile. */
    private Duration within(long bytes) {
        Duration slow = answerWithin.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
        Duration most = answerWithin.compareTo(WITHIN_MAX) > 0 ? answerWithin : WITHIN_MAX;
        return slow.compareTo(most) < 0 ? slow : most;
    }

    /**
     * What an answer other than 2xx means for a delivery.
     *
     * @param pause before the next attempt, where the partner names none
     */
    Carried.Failed failed(Line line, Outcome.Answered answered, Duration pause) {
        int status = answered.status();
        Duration wanted = status == 429 || status == 503
                ? answered.headers()
                        .first("Retry-After")
                        .flatMap(this::retryAfter)
                        .orElse(pause)
                : pause;
        return new Carried.Failed(
                "%s answered HTTP %d.".formatted(line, status), status / 100 == 5 || AGAIN.contains(status), wanted);
    }

    /** Seconds or a date (RFC 9110, section 10.2.3), within limits. */
    private Optional<Duration> retryAfter(String value) {
        try {
            Duration wanted = value.strip().matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return Optional.of(
                    wanted.compareTo(RETRY_AFTER_MIN) < 0
                            ? RETRY_AFTER_MIN
                            : wanted.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wanted);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private CloseableHttpClient http(Line line) {
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_WITHIN))
                        .setSocketTimeout(Timeout.of(answerWithin))
                        .build());
        if (line.tls() != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(line.tls()));
        }
        if (line.addresses() != null) {
            connections.setDnsResolver(new Pinned(line.addresses()));
        }
        HttpClientBuilder http = HttpClients.custom()
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(answerWithin))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableDefaultUserAgent();
        return line.proxy() == null ? http.build() : http.setProxy(line.proxy()).build();
    }

    private static Outcome answered(HttpPost request, ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : entity.getContent().readNBytes(ANSWER_BYTES_MAX + 1);
        if (body.length > ANSWER_BYTES_MAX) {
            request.cancel(); // Otherwise whoever closes the connection reads it to its end before.
            throw new IOException("the answer is longer than %d bytes".formatted(ANSWER_BYTES_MAX));
        }
        List<MimeHeaders.Field> fields = Stream.of(response.getHeaders())
                .map(header -> new MimeHeaders.Field(header.getName(), String.valueOf(header.getValue())))
                .toList();
        return new Outcome.Answered(response.getCode(), new MimeHeaders(fields), body);
    }

    private static String reason(IOException cause) {
        return cause.getMessage() == null || cause.getMessage().isBlank()
                ? cause.getClass().getSimpleName()
                : cause.getMessage();
    }

    /** Knows these addresses and no other, for any name. */
    private record Pinned(List<InetAddress> addresses) implements DnsResolver {

        @Override
        public InetAddress[] resolve(@Nullable String host) {
            return addresses.toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
