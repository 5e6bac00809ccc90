package io.lonja.route;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * The broker inside the process: no port, two queues, ids only. Its journal is synced, yet nothing depends on it: the
 * sweep finds what a lost journal would have woken somebody for.
 */
final class Broker implements AutoCloseable {

    // The first broker of a process is vm://0; tests run several, one after the other or side by side.
    private static final AtomicInteger STARTED = new AtomicInteger();

    /** Where a wake-up goes that nobody could take; the sweep sends another. */
    private static final String SPENT = "spent";

    private static final long SPENT_KEPT_MAX = 1_000;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final String url = "vm://" + STARTED.getAndIncrement();

    Broker(Path folder) {
        server.setConfiguration(configuration(folder));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The broker cannot start in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    private Configuration configuration(Path folder) {
        try {
            Configuration configuration = new ConfigurationImpl()
                    .setName("lonja")
                    .setSecurityEnabled(false)
                    .setPersistenceEnabled(true)
                    .setJournalType(JournalType.NIO)
                    .setJournalSyncTransactional(true)
                    .setJournalSyncNonTransactional(true)
                    .setJournalDirectory(folder.resolve("journal").toString())
                    .setBindingsDirectory(folder.resolve("bindings").toString())
                    .setPagingDirectory(folder.resolve("paging").toString())
                    .setLargeMessagesDirectory(folder.resolve("large").toString())
                    .setMaxDiskUsage(-1) // The archive says when the disk is full.
                    .setJMXManagementEnabled(false)
                    .setMessageCounterEnabled(false)
                    .addAcceptorConfiguration("vm", url)
                    // A wake-up is tried once; retries live in the sweep.
                    .addAddressSetting(
                            "#",
                            new AddressSettings()
                                    .setMaxDeliveryAttempts(1)
                                    .setDeadLetterAddress(SimpleString.of(SPENT))
                                    .setExpiryAddress(SimpleString.of(SPENT)))
                    .addQueueConfiguration(QueueConfiguration.of(SPENT)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setRingSize(SPENT_KEPT_MAX));
            for (String queue : new String[] {Sweep.RECEIVED, Sweep.DELIVERABLE}) {
                configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
            }
            return configuration;
        } catch (Exception e) {
            throw new IllegalStateException("Not a configuration of the broker: " + e.getMessage(), e);
        }
    }
}
