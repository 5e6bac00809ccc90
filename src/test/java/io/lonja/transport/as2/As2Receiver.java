package io.lonja.transport.as2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A partner's AS2 server on a port of its own, which answers as a test wants it. */
public final class As2Receiver implements AutoCloseable {

    /** How the next messages are answered. */
    public enum Mood {
        GOOD,
        UNSIGNED,
        SIGNED_BY_ANOTHER,
        NEGATIVE,
        WARNING,
        OTHER_CONTENT,
        OTHER_MESSAGE,
        WITHOUT_MIC,
        EMPTY,
        LATER,
        NO_MDN,
        ENDLESS,
        REDIRECT,
        NOT_FOUND,
        TOO_MANY,
        BROKEN,
        HANGS_UP
    }

    /** @param accepted what was in it, or null when it could not be opened */
    public record Received(MimeHeaders headers, byte[] body, Opened.@Nullable Accepted accepted) {

        /** The document, or null when the message could not be opened. */
        public byte @Nullable [] payload() {
            return accepted == null ? null : accepted.payload().toArray();
        }

        public String header(String name) {
            return headers.first(name).orElse("");
        }
    }

    private final HttpServer server;
    private final Keys keys;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile @Nullable Path hubKeys;
    private volatile String hubName = "LONJA";
    private volatile Mood mood = Mood.GOOD;

    public As2Receiver(Keys keys) {
        this.keys = keys;
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/as2", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    public URI address() {
        return URI.create(
                "http://127.0.0.1:%d/as2".formatted(server.getAddress().getPort()));
    }

    /** @param folder where the hub wrote its certificate */
    public void trust(Path folder) {
        trust(folder, "LONJA");
    }

    /** @param name by which the hub is known here */
    public void trust(Path folder, String name) {
        hubName = name;
        hubKeys = folder;
    }

    public void mood(Mood next) {
        mood = next;
    }

    /** The next message, or null when none comes in time. */
    public @Nullable Received next(long seconds) throws InterruptedException {
        return received.poll(seconds, TimeUnit.SECONDS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        List<MimeHeaders.Field> fields = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> fields.add(new MimeHeaders.Field(name, value))));
        MimeHeaders headers = new MimeHeaders(fields);
        byte[] body = exchange.getRequestBody().readAllBytes();
        Path hub = hubKeys;
        Opened opened = hub == null
                ? new Opened.Refused(Disposition.UNKNOWN_TRADING_RELATIONSHIP, "nobody is trusted yet")
                : MessageOpener.open(
                        headers,
                        Bytes.of(body),
                        new Relationship(
                                true,
                                true,
                                Set.of(),
                                List.of(new As2Peer("", keys, address(), hub, hubName)
                                        .hubCertificate()
                                        .certificate()),
                                List.of(keys.asOwn()),
                                100_000_000),
                        "sha-256",
                        Workspace.inMemory());
        Opened.Accepted accepted = opened instanceof Opened.Accepted it ? it : null;
        received.add(new Received(headers, body, accepted));
        reply(exchange, headers, accepted);
    }

    private void reply(HttpExchange exchange, MimeHeaders headers, Opened.@Nullable Accepted accepted)
            throws IOException {
        switch (mood) {
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/elsewhere");
                status(exchange, 302);
            }
            case NOT_FOUND -> status(exchange, 404);
            case TOO_MANY -> status(exchange, 429);
            case BROKEN -> status(exchange, 503);
            case EMPTY -> status(exchange, 200);
            case LATER -> status(exchange, 204);
            case HANGS_UP -> exchange.close();
            case NO_MDN -> body(exchange, "text/html", Wire.ascii("<p>Thank you for your message."));
            case ENDLESS -> body(exchange, "text/html", new byte[3_000_000]);
            default -> {
                MdnWriter.Written written = written(mood, headers, accepted);
                body(exchange, written.contentType(), written.body());
            }
        }
    }

    /** The MDN about what came, as it would have been answered in this mood, to be sent by another connection. */
    public Wire mdn(Received about, Mood as) {
        MdnWriter.Written written = written(as, about.headers(), about.accepted());
        return new Wire("Content-Type: " + written.contentType() + "\r\n", written.body());
    }

    private MdnWriter.Written written(Mood mood, MimeHeaders headers, Opened.@Nullable Accepted accepted) {
        String disposition = switch (mood) {
            case NEGATIVE -> "processed/Error: unexpected-processing-error";
            case WARNING -> "processed/warning: duplicate-document";
            default -> accepted == null ? "processed/error: decryption-failed" : "processed";
        };
        Mic mic = accepted == null || mood == Mood.WITHOUT_MIC
                ? null
                : mood == Mood.OTHER_CONTENT ? Mic.of(new byte[32], "sha-256") : accepted.mic();
        OwnKey signer = switch (mood) {
            case UNSIGNED -> null;
            case SIGNED_BY_ANOTHER -> Keys.rsa("stranger").asOwn();
            default -> keys.asOwn();
        };
        String about = mood == Mood.OTHER_MESSAGE
                ? "<another@message>"
                : headers.first("Message-ID").orElse("");
        return new MdnWriter(
                        headers.first("AS2-To").orElse(""),
                        headers.first("AS2-From").orElse(""))
                .write(new Mdn(about, disposition, mic), "Received.", signer, Digest.SHA256);
    }

    private static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void body(HttpExchange exchange, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
