package io.lonja.force.day;

import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.As2Peer.Reply;
import io.lonja.transport.as2.As2Receiver;
import io.lonja.transport.as2.Keys;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signed and encrypted both ways, with signed MDNs. What is inside is the partner's own; for the AS2 messages around it this
 * is the peer of the other tests, which opens what comes by the hub's code.
 */
final class As2Peering implements Channel {

    private final Firm firm;
    private final As2Receiver server;
    private final Keys keys;
    private @Nullable As2Peer peer;
    private Map<String, String> headers = Map.of();
    private byte[] mdn = new byte[0];

    As2Peering(Firm firm) {
        this.firm = firm;
        this.keys = Keys.rsa(firm.id());
        this.server = new As2Receiver(keys);
    }

    URI address() {
        return server.address();
    }

    String certificate() {
        return keys.pem();
    }

    /** @param hubKeys where its certificates lie */
    void trust(URI hub, Path hubKeys) {
        server.trust(hubKeys);
        peer = new As2Peer(firm.x12Name(), keys, hub, hubKeys);
    }

    @Override
    public void bring(byte[] interchange) {
        headers = peer().headers("<%s@%s>".formatted(UUID.randomUUID(), firm.id()));
        mdn = sent(interchange);
    }

    @Override
    public void bringAgain(byte[] interchange) {
        byte[] first = mdn;
        if (!Wire.text(sent(interchange)).equals(Wire.text(first))) {
            throw new AssertionError(firm.id() + " has two MDNs for one message");
        }
    }

    private byte[] sent(byte[] interchange) {
        String type = firm.syntax().isX12() ? "application/edi-x12" : "application/edifact";
        Reply reply = peer().send(
                        io.lonja.transport.as2.Wire.document(type, interchange)
                                .signed(keys)
                                .encrypted(peer().hubCertificate()),
                        headers);
        if (!reply.disposition().equals("processed") || !reply.signed()) {
            throw new AssertionError("%s is answered %d: %s".formatted(firm.id(), reply.status(), reply.disposition()));
        }
        return reply.body();
    }

    private As2Peer peer() {
        As2Peer known = peer;
        if (known == null) {
            throw new IllegalStateException(firm.id() + " knows no hub yet");
        }
        return known;
    }

    @Override
    public List<byte[]> collect() {
        List<byte[]> collected = new ArrayList<>();
        try {
            for (As2Receiver.Received received = server.next(0); received != null; received = server.next(0)) {
                byte[] payload = received.payload();
                if (payload == null) {
                    throw new AssertionError(firm.id() + " cannot open what the hub sent");
                }
                collected.add(payload);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return collected;
    }

    @Override
    public void close() {
        server.close();
    }
}
