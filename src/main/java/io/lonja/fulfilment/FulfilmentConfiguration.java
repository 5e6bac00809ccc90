package io.lonja.fulfilment;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Commands;
import io.lonja.partner.ProfilesOfRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders and what becomes of them. */
@Configuration(proxyBeanMethods = false)
class FulfilmentConfiguration {

    @Bean
    TradeDocuments tradeDocuments(JdbcClient jdbc) {
        return new TradeDocuments(jdbc);
    }

    @Bean
    Quotations quotations(JdbcClient jdbc) {
        return new Quotations(jdbc);
    }

    @Bean
    OrderLines orderLines(JdbcClient jdbc) {
        return new OrderLines(jdbc);
    }

    @Bean
    Cases cases(JdbcClient jdbc) {
        return new Cases(jdbc);
    }

    @Bean
    Payments payments(JdbcClient jdbc, TradeDocuments documents, Cases cases) {
        return new Payments(jdbc, documents, cases);
    }

    @Bean
    DuplicateInvoices duplicateInvoices(TradeDocuments documents, Cases cases, Alarms alarms) {
        return new DuplicateInvoices(documents, cases, alarms);
    }

    @Bean
    Fulfilment fulfilment(
            TradeDocuments documents,
            Quotations quotations,
            OrderLines lines,
            Cases cases,
            Payments payments,
            DuplicateInvoices duplicates,
            ProfilesOfRecord profiles) {
        return new Fulfilment(documents, quotations, lines, cases, payments, duplicates, profiles);
    }

    @Bean
    CaseCommands caseCommands(Cases cases, DuplicateInvoices duplicates, Commands.Outcomes outcomes) {
        return new CaseCommands(cases, duplicates, outcomes);
    }
}
