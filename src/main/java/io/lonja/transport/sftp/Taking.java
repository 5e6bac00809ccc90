package io.lonja.transport.sftp;

import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.Spool;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.Receipt;
import io.lonja.intake.Transmission;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a complete file into the hub. When it returns, the bytes are durable.
 *
 * <p>A transmission by SFTP has no message id. A file's name is none, since partners send new content under an old name;
 * and an id of our own would make a new message of every retry. Without one, the same bytes of the same partner get the
 * receipt they already have: whoever did not hear the answer to its upload sends the file again without harm.
 */
final class Taking {

    private static final Logger LOG = LoggerFactory.getLogger(Taking.class);

    /** Of files that go through the spool only so many are read at a time, so that senders cannot fill the disk. */
    private static final int LARGE_AT_ONCE = 8;

    private static final int LARGE_WAIT_SECONDS = 60;

    private final Spool spool;
    private final Function<Transmission, IntakeResult> sftpInbound;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE, true);

    /** @param sftpInbound the seam behind this door */
    Taking(Spool spool, Function<Transmission, IntakeResult> sftpInbound) {
        this.spool = spool;
        this.sftpInbound = sftpInbound;
    }

    /** @throws Refusal when nothing was taken; its sentence says what to do */
    Receipt take(PartyId from, FileName name, Path file) throws Refusal {
        boolean held = false;
        try {
            long bytes = Files.size(file);
            if (bytes > Spool.MEMORY_BYTES_MAX) {
                held = large.tryAcquire(LARGE_WAIT_SECONDS, TimeUnit.SECONDS);
                if (!held) {
                    throw Refusal.failure(
                            "%s was not received, the hub reads other large files; upload it again in a minute."
                                    .formatted(name));
                }
            }
            // A copy of our own: the file itself may still be open to its sender.
            try (InputStream in = Files.newInputStream(file);
                    Spool.Spooled content = ((Spool.Taken.Whole) spool.take(in, Long.MAX_VALUE)).spooled()) {
                return receipt(
                        from, name, sftpInbound.apply(new Transmission(from, "sftp", null, null, content.payload())));
            }
        } catch (ArchiveUnavailableException e) {
            LOG.error("{}: {} was not received: {}", from, name, e.getMessage());
            throw notDurable(name);
        } catch (Refusal e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: {} was not received", from, name, e);
            throw notDurable(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notDurable(name);
        } finally {
            if (held) {
                large.release();
            }
        }
    }

    private static Receipt receipt(PartyId from, FileName name, IntakeResult result) throws Refusal {
        if (result instanceof IntakeResult.Received received) {
            LOG.info("{}: {} is receipt {}", from, name, received.receipt().id());
            return received.receipt();
        }
        if (result instanceof IntakeResult.AlreadyReceived again) {
            LOG.info(
                    "{}: {} has the bytes of receipt {}",
                    from,
                    name,
                    again.first().id());
            return again.first();
        }
        if (result instanceof IntakeResult.Refused refused) {
            LOG.warn("{}: {} was not received: {}", from, name, refused.sentence());
            throw Refusal.failure("%s was not received: %s".formatted(name, refused.sentence()));
        }
        throw new IllegalStateException("Not a result of the intake without a message id: " + result);
    }

    private static Refusal notDurable(FileName name) {
        return Refusal.failure(
                "%s was not received, because nothing can be made durable now; upload it again in a few minutes."
                        .formatted(name));
    }
}
