package io.lonja.transport.as2;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.citrusframework.context.TestContext;
import org.citrusframework.endpoint.AbstractEndpoint;
import org.citrusframework.endpoint.AbstractEndpointConfiguration;
import org.citrusframework.exceptions.MessageTimeoutException;
import org.citrusframework.message.DefaultMessage;
import org.citrusframework.message.Message;
import org.citrusframework.messaging.Consumer;
import org.citrusframework.messaging.Producer;
import org.jspecify.annotations.Nullable;

/**
 * AS2 for Citrus. As a client it sends what a test sends, signed and encrypted, and what the test receives is the MDN:
 * headers {@link #STATUS}, {@link #DISPOSITION}, {@link #MIC}, {@link #SIGNED}. As a server what the test receives is
 * what the hub sent, opened, with its AS2 headers; it answers by itself.
 */
public final class As2Endpoint extends AbstractEndpoint {

    public static final String STATUS = "as2_status";
    public static final String DISPOSITION = "as2_disposition";
    public static final String MIC = "as2_mic";
    public static final String SIGNED = "as2_signed";

    private final Producer producer;
    private final Consumer consumer;

    /** @param arrivals waits so many milliseconds at most, null when nothing came */
    private As2Endpoint(String name, Sending sending, Arrivals arrivals) {
        super(new AbstractEndpointConfiguration() {});
        setName(name);
        this.producer = new Client(name, sending);
        this.consumer = new Mailbox(name, arrivals, getEndpointConfiguration().getTimeout());
    }

    public static As2Endpoint client(As2Peer peer) {
        BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
        return new As2Endpoint(
                peer.name() + " as2 client",
                message -> {
                    Wire wire = peer.sealed(message.getPayload(String.class).getBytes(StandardCharsets.UTF_8));
                    Object messageId = message.getHeader("Message-ID");
                    As2Peer.Reply reply =
                            messageId == null ? peer.send(wire) : peer.send(wire, peer.headers(messageId.toString()));
                    answers.add(new DefaultMessage(
                            new String(reply.body(), StandardCharsets.ISO_8859_1),
                            Map.of(
                                    STATUS, reply.status(),
                                    DISPOSITION, reply.disposition(),
                                    MIC, reply.mic(),
                                    SIGNED, reply.signed())));
                },
                millis -> answers.poll(millis, TimeUnit.MILLISECONDS));
    }

    public static As2Endpoint server(As2Receiver receiver) {
        return new As2Endpoint(
                receiver.address() + " as2 server",
                message -> {
                    throw new UnsupportedOperationException("The server answers by itself; see As2Receiver.Mood");
                },
                millis -> {
                    As2Receiver.Received received = receiver.next(Math.max(1, millis / 1000));
                    return received == null || received.payload() == null
                            ? null
                            : new DefaultMessage(
                                    new String(received.payload(), StandardCharsets.ISO_8859_1),
                                    Map.of(
                                            "AS2-From", received.header("AS2-From"),
                                            "AS2-To", received.header("AS2-To"),
                                            "Message-ID", received.header("Message-ID")));
                });
    }

    @Override
    public Producer createProducer() {
        return producer;
    }

    @Override
    public Consumer createConsumer() {
        return consumer;
    }

    private interface Sending {
        void send(Message message);
    }

    private interface Arrivals {
        @Nullable
        Message next(long millis) throws InterruptedException;
    }

    private record Client(String name, Sending sending) implements Producer {

        @Override
        public void send(Message message, TestContext context) {
            context.onOutboundMessage(message);
            sending.send(message);
        }

        @Override
        public String getName() {
            return name;
        }
    }

    private record Mailbox(String name, Arrivals arrivals, long timeout) implements Consumer {

        @Override
        public Message receive(TestContext context) {
            return receive(context, timeout);
        }

        @Override
        public Message receive(TestContext context, long millis) {
            try {
                Message next = arrivals.next(millis);
                if (next == null) {
                    throw new MessageTimeoutException(millis, name);
                }
                context.onInboundMessage(next);
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted", e);
            }
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
