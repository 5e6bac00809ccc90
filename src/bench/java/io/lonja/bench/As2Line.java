package io.lonja.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * HTTP/1.1 over one connection with as little work as there can be, so that the clients take little from the processors
 * that the servers need. Where the server closes without saying so, each request has a connection of its own.
 */
final class As2Line implements AutoCloseable {

    private static final int SILENCE_MILLIS_MAX = 60_000;
    private static final List<String> NONE = List.of("");

    private final URI address;
    private final boolean keepAlive;
    private Socket socket;
    private InputStream in;

    As2Line(URI address, boolean keepAlive) {
        this.address = address;
        this.keepAlive = keepAlive;
    }

    /** @param headers by name in lower case */
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

    Answer post(String head, byte[] body) throws IOException {
        byte[] first = "POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Length: %d\r\n%s\r\n"
                .formatted(
                        address.getPath(),
                        address.getAuthority(),
                        head,
                        body.length,
                        keepAlive ? "" : "Connection: close\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[first.length + body.length];
        System.arraycopy(first, 0, request, 0, first.length);
        System.arraycopy(body, 0, request, first.length, body.length);
        OutputStream out = connection().getOutputStream();
        out.write(request);
        Answer answer = answer();
        if (!keepAlive || "close".equalsIgnoreCase(answer.headers().getOrDefault("connection", NONE).get(0))) {
            close();
        }
        return answer;
    }

    private Socket connection() throws IOException {
        if (socket == null) {
            socket = new Socket(address.getHost(), address.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SILENCE_MILLIS_MAX);
            in = new BufferedInputStream(socket.getInputStream(), 16_384);
        }
        return socket;
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    List.of(line.substring(colon + 1).strip()));
        }
        if (headers.containsKey("content-length")) {
            int length = Integer.parseInt(headers.get("content-length").get(0));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException("The answer ends after %d of %d bytes".formatted(body.length, length));
            }
            return new Answer(status, headers, body);
        }
        if (headers.getOrDefault("transfer-encoding", NONE).get(0).equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.write(in.readNBytes(size));
                line();
            }
            line();
            return new Answer(status, headers, body.toByteArray());
        }
        return new Answer(status, headers, in.readAllBytes());
    }

    /** Up to CRLF, without it; a folded header is one line. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The server closed before it answered");
            }
            if (next != '\n') {
                line.append((char) next);
                continue;
            }
            if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
            }
            if (line.isEmpty() || !folded()) {
                return line.toString();
            }
        }
    }

    private boolean folded() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next == ' ' || next == '\t';
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
