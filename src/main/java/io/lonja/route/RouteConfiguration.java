package io.lonja.route;

import io.lonja.alarm.Alarms;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.DataFolder;
import io.lonja.consortium.GroupOrderDeadlines;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.DeliveryLanes;
import io.lonja.edi.AwaitedAcknowledgments;
import io.lonja.intake.Receipts;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.core.JmsTemplate;

/** The broker, Camel's JMS component over it, the routes and the order in which they start. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    private static final int SESSIONS_CACHED_MAX = 32;

    /** Only where no external broker is named. */
    @Bean
    @ConditionalOnProperty(name = "lonja.broker.url", matchIfMissing = true, havingValue = "vm://0")
    Broker broker(DataFolder home) {
        return new Broker(home.folder("broker"));
    }

    @Bean
    CachingConnectionFactory connectionFactory(
            ObjectProvider<Broker> embedded,
            @Value("${lonja.broker.url:vm://0}") String url,
            @Value("${lonja.broker.user:}") String user,
            @Value("${lonja.broker.password:}") String password) {
        Broker broker = embedded.getIfAvailable();
        ActiveMQJMSConnectionFactory artemis =
                new ActiveMQJMSConnectionFactory(broker == null ? url : broker.url(), user, password);
        // One wake-up at a time: what waits stays visible in the queue, and no slow receipt holds others in its buffer.
        artemis.setConsumerWindowSize(0);
        CachingConnectionFactory caching = new CachingConnectionFactory(artemis);
        caching.setSessionCacheSize(SESSIONS_CACHED_MAX);
        caching.setCacheConsumers(false);
        return caching;
    }

    @Bean
    JmsTemplate wakeUps(ConnectionFactory connectionFactory) {
        return new JmsTemplate(connectionFactory);
    }

    /** A message is taken off its queue after the route is through, so the database commits before JMS does. */
    @Bean
    JmsComponent jms(ConnectionFactory connectionFactory) {
        JmsComponent jms = JmsComponent.jmsComponent(connectionFactory);
        jms.setTransacted(true);
        // A wake-up that is lost with its broker is given again by the sweep; nobody waits for the broker's disk.
        jms.setDeliveryPersistent(false);
        jms.setLazyCreateTransactionManager(false);
        JmsHeaderFilterStrategy filter = new JmsHeaderFilterStrategy();
        filter.setLowerCase(true); // Or CAMELxyz from an external broker would pass for one of Camel's own.
        jms.setHeaderFilterStrategy(filter);
        return jms;
    }

    @Bean
    Attempts attempts(Receipts receipts, Alarms alarms, OpenAlarms openAlarms, Clock clock) {
        return new Attempts(receipts, alarms, openAlarms, clock);
    }

    @Bean
    Turns turns(Receipts receipts, Attempts attempts) {
        return new Turns(receipts, attempts);
    }

    @Bean
    SeamDepartures departures(ProducerTemplate seams) {
        return new SeamDepartures(seams);
    }

    @Bean
    Sweep sweep(
            Receipts receipts,
            Deliveries deliveries,
            DeliveryLanes lanes,
            Attempts attempts,
            Turns turns,
            JmsTemplate wakeUps,
            ProducerTemplate seams,
            Clock clock) {
        return new Sweep(
                receipts,
                deliveries,
                lanes,
                () -> {
                    seams.sendBody("direct:partners", "");
                    seams.sendBody("direct:replay", "");
                    seams.sendBody("direct:apply", "");
                },
                () -> seams.sendBody("direct:write", ""),
                attempts,
                turns,
                wakeUps,
                clock);
    }

    @Bean
    RoutesFolder routesFolder(@Value("${lonja.config:.}") Path config) {
        return new RoutesFolder(config.resolve("routes").toAbsolutePath().normalize());
    }

    @Bean
    StartUp.CatchUp catchUp(Appliers appliers) {
        return new StartUp.CatchUp(appliers);
    }

    @Bean
    DeadlineWatch deadlineWatch(
            GroupOrderDeadlines deadlines,
            Receipts receipts,
            AwaitedAcknowledgments acknowledgments,
            Deliveries deliveries,
            @Value("${lonja.group-orders.every:1s}") Duration every) {
        return new DeadlineWatch(deadlines, receipts, acknowledgments, deliveries, every);
    }

    @Bean
    Lanes lanes(Appliers appliers) {
        return new Lanes(appliers);
    }

    @Bean
    StartUp startUp(
            CamelContext camel,
            RoutesFolder routes,
            Sweep sweep,
            @Value("${lonja.sweep.every:5s}") Duration sweepEvery) {
        return new StartUp(camel, routes, sweep, sweepEvery);
    }
}
