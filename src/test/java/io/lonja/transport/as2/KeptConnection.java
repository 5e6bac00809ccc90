package io.lonja.transport.as2;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A connection of a partner, kept over its messages for as long as the hub says; headers and bytes go out exactly as
 * given.
 */
final class KeptConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final As2Peer peer;
    private Socket socket;
    private InputStream in;
    private boolean closing;

    KeptConnection(As2Peer peer) throws IOException {
        this.peer = peer;
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket(peer.hub().getHost(), peer.hub().getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    As2Peer.Reply send(Wire message, String messageId) throws IOException {
        return send(message, peer.headers(messageId));
    }

    As2Peer.Reply send(Wire message, Map<String, String> headers) throws IOException {
        if (closing) {
            socket.close();
            connect();
        }
        write(Wire.join(head(message, headers), message.body()));
        return answer();
    }

    /** A request up to the empty line, with the length of the body. */
    static byte[] head(Wire message, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("POST /as2 HTTP/1.1\r\nHost: hub\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(message.body().length).append("\r\n");
        return Wire.ascii(head.append(message.headers()).append("\r\n").toString());
    }

    /** Any bytes, at once. */
    void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Whether the hub has closed it. */
    boolean ended() throws IOException {
        return in.read() < 0;
    }

    As2Peer.Reply answer() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The connection ended after " + read);
            }
            read.write(next);
        }
        String[] lines = read.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int line = 1; line < lines.length; line++) {
            String[] field = lines[line].split(": *", 2);
            headers.computeIfAbsent(field[0].toLowerCase(Locale.ROOT), it -> new ArrayList<>())
                    .add(field[1]);
        }
        closing = headers.getOrDefault("connection", List.of()).contains("close");
        int length = Integer.parseInt(
                headers.getOrDefault("content-length", List.of("0")).get(0));
        return As2Peer.Reply.of(
                Integer.parseInt(lines[0].split(" ")[1]), headers, in.readNBytes(length), peer.hubCertificate());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
