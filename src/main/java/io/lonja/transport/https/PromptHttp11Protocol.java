package io.lonja.transport.https;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's HTTP/1.1, which closes a connection whose handshake, or whose next request's head, is begun and does not come
 * to its end in time. Tomcat alone only limits the silence between two bytes, so that a byte a minute keeps a connection
 * for days. Whoever wants to hold a connection can still do so by whole requests.
 */
public final class PromptHttp11Protocol extends Http11NioProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(PromptHttp11Protocol.class);
    private static final int LOOKS = 4;

    private final Map<SocketWrapperBase<NioChannel>, Unfinished> unfinished = new HashMap<>();
    private Duration headWithin = Duration.ofSeconds(30);
    private @Nullable ScheduledFuture<?> looking;

    /**
     * A head that was not whole at an earlier look.
     *
     * @param request how many requests were served before it by its processor, which is null in a handshake
     */
    private record Unfinished(@Nullable Processor processor, int request, long sinceNanos) {

        boolean sameAs(Unfinished other) {
            return processor == other.processor && request == other.request;
        }
    }

    /** @param within from when its first bytes are seen; looked at four times in it */
    void setHeadWithin(Duration within) {
        headWithin = within;
    }

    @Override
    public void start() throws Exception {
        super.start();
        long pause = Math.max(1, headWithin.toMillis() / LOOKS);
        looking = getUtilityExecutor().scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        ScheduledFuture<?> begun = looking;
        if (begun != null) {
            begun.cancel(false);
        }
        super.stop();
    }

    private void look() {
        try {
            closeLate(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.error("The connections could not be looked through for late requests", e); // else it is the last look
        }
    }

    private void closeLate(long now) {
        Map<SocketWrapperBase<NioChannel>, Unfinished> found = new HashMap<>();
        int closed = 0;
        String example = "";
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            Unfinished current = unfinished(connection, now);
            if (current == null) {
                continue;
            }
            Unfinished earlier = unfinished.get(connection);
            if (earlier == null || !earlier.sameAs(current)) {
                found.put(connection, current);
            } else if (now - earlier.sinceNanos() < headWithin.toNanos()) {
                found.put(connection, earlier);
            } else {
                String remote = connection.getRemoteAddr();
                if (close(connection, earlier, now)) {
                    closed++;
                    example = remote;
                } else {
                    found.put(connection, earlier);
                }
            }
        }
        unfinished.clear();
        unfinished.putAll(found);
        if (closed > 0) {
            LOG.warn(
                    "Connections closed on which a handshake or the head of a request was begun and not whole within {} s: {}, one of them from {}; nothing was taken",
                    headWithin.toSeconds(),
                    closed,
                    example);
        }
    }

    /** What of it is begun and not whole; null while it is silent between two requests, or being served. */
    private static @Nullable Unfinished unfinished(SocketWrapperBase<NioChannel> connection, long now) {
        if (!connection.getSocket().isHandshakeComplete()) {
            return new Unfinished(null, 0, now);
        }
        // A processor waits with its connection only for the rest of a head, or in what is no ordinary request.
        return connection.getCurrentProcessor() instanceof Processor processor
                        && !processor.isUpgrade()
                        && !processor.isAsync()
                ? new Unfinished(
                        processor, processor.getRequest().getRequestProcessor().getRequestCount(), now)
                : null;
    }

    /** Not while its bytes are being looked at: whoever comes to its end in this moment is served. */
    private static boolean close(SocketWrapperBase<NioChannel> connection, Unfinished late, long now) {
        Lock lock = connection.getLock();
        if (!lock.tryLock()) {
            return false;
        }
        try {
            Unfinished still = unfinished(connection, now);
            if (still == null || !still.sameAs(late)) {
                return false;
            }
            connection.close();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
