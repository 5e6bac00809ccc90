package io.lonja.consortium;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Commands;
import io.lonja.catalogue.Catalogue;
import io.lonja.document.DocumentRegister;
import io.lonja.document.OutgoingDocuments;
import io.lonja.partner.ProfilesOfRecord;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Consortia, their group orders and what moves them on. */
@Configuration(proxyBeanMethods = false)
class ConsortiumConfiguration {

    @Bean
    Consortia consortia(JdbcClient jdbc) {
        return new Consortia(jdbc);
    }

    @Bean
    GroupOrders groupOrders(JdbcClient jdbc) {
        return new GroupOrders(jdbc);
    }

    @Bean
    OrderedLines orderedLines(
            Consortia consortia,
            GroupOrders groupOrders,
            Catalogue catalogue,
            ProfilesOfRecord profiles,
            Alarms alarms) {
        return new OrderedLines(consortia, groupOrders, catalogue, profiles, alarms);
    }

    @Bean
    ConsortiumCommands consortiumCommands(
            Consortia consortia,
            GroupOrders groupOrders,
            Catalogue catalogue,
            OrderedLines orderedLines,
            Commands.Outcomes outcomes) {
        return new ConsortiumCommands(consortia, groupOrders, catalogue, orderedLines, outcomes);
    }

    @Bean
    PledgeCommands pledgeCommands(
            Consortia consortia, GroupOrders groupOrders, Catalogue catalogue, Commands.Outcomes outcomes) {
        return new PledgeCommands(consortia, groupOrders, catalogue, outcomes);
    }

    @Bean
    GroupOrderEnds groupOrderEnds(
            Consortia consortia,
            GroupOrders groupOrders,
            DocumentRegister documents,
            ProfilesOfRecord profiles,
            OutgoingDocuments outgoing) {
        return new GroupOrderEnds(consortia, groupOrders, documents, profiles, outgoing);
    }

    @Bean
    GroupShares groupShares(
            JdbcClient jdbc,
            GroupOrders groupOrders,
            Consortia consortia,
            Alarms alarms,
            ObjectProvider<SharingListener> listeners) {
        return new GroupShares(
                jdbc, groupOrders, consortia, alarms, () -> listeners.stream().toList());
    }

    @Bean
    GroupResponses groupResponses(JdbcClient jdbc, GroupOrders groupOrders, Consortia consortia, Alarms alarms) {
        return new GroupResponses(jdbc, groupOrders, consortia, alarms);
    }

    @Bean
    PooledChanges pooledChanges(
            Consortia consortia, GroupOrders groupOrders, OrderedLines orderedLines, Alarms alarms) {
        return new PooledChanges(consortia, groupOrders, orderedLines, alarms);
    }

    @Bean
    MemberInvoices memberInvoices(
            GroupOrders groupOrders, Catalogue catalogue, ProfilesOfRecord profiles, OutgoingDocuments outgoing) {
        return new MemberInvoices(groupOrders, catalogue, profiles, outgoing);
    }

    @Bean
    CatalogueChanges catalogueChanges(OrderedLines orderedLines) {
        return new CatalogueChanges(orderedLines);
    }

    @Bean
    GroupOrderDeadlines groupOrderDeadlines(
            GroupOrders groupOrders,
            Consortia consortia,
            Archive archive,
            Appliers appliers,
            Alarms alarms,
            Clock clock) {
        return new GroupOrderDeadlines(groupOrders, consortia, archive, appliers, alarms, clock);
    }
}
