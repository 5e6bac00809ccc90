package io.lonja.transport.as2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A partner's address for asynchronous MDNs. */
public final class MdnCatcher implements AutoCloseable {

    /** What came, byte for byte, and what it says. */
    public record Caught(MimeHeaders headers, byte[] body, MdnReader.Reading reading) {

        public String header(String name) {
            return headers.first(name).orElse("");
        }

        public String disposition() {
            return reading instanceof MdnReader.Reading.Read read
                    ? read.mdn().disposition()
                    : ((MdnReader.Reading.Unusable) reading).because();
        }

        public boolean signed() {
            return reading instanceof MdnReader.Reading.Read read && read.signer() != null;
        }

        public String about() {
            return reading instanceof MdnReader.Reading.Read read
                    ? String.valueOf(read.mdn().originalMessageId())
                    : "";
        }

        public String mic() {
            return reading instanceof MdnReader.Reading.Read read
                    ? String.valueOf(read.mdn().mic())
                    : "";
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Caught> caught = new LinkedBlockingQueue<>();
    private volatile As2Peer peer;
    private volatile int status = 200;

    public MdnCatcher() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/mdn", this::take);
        server.start();
    }

    /** @param partner knows the hub's certificate */
    public void of(As2Peer partner) {
        peer = partner;
    }

    /** How whatever comes next is answered. */
    public void answer(int next) {
        status = next;
    }

    /** {@code 127.0.0.1:4080}. */
    public String hostAndPort() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String address() {
        return "http://%s/mdn".formatted(hostAndPort());
    }

    /** The next that comes, or null when none comes in time. */
    public @Nullable Caught next(long millis) throws InterruptedException {
        return caught.poll(millis, TimeUnit.MILLISECONDS);
    }

    private void take(HttpExchange exchange) throws IOException {
        List<MimeHeaders.Field> fields = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> fields.add(new MimeHeaders.Field(name, value))));
        MimeHeaders headers = new MimeHeaders(fields);
        byte[] body = exchange.getRequestBody().readAllBytes();
        caught.add(new Caught(
                headers,
                body,
                MdnReader.read(headers, body, List.of(peer.hubCertificate().certificate()))));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
