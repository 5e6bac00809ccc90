package io.lonja.portal.api;

import io.lonja.access.Callers;
import io.lonja.archive.Commands;
import io.lonja.delivery.Deliveries;
import io.lonja.document.DocumentRegister;
import io.lonja.document.OutgoingDocuments;
import io.lonja.edi.AwaitedAcknowledgments;
import io.lonja.fulfilment.Cases;
import io.lonja.fulfilment.Fulfilment;
import io.lonja.fulfilment.OrderLines;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API shows of documents, and of what becomes of orders. */
@Configuration(proxyBeanMethods = false)
class FulfilmentApiConfiguration {

    @Bean
    DocumentsResource documentsResource(
            DocumentRegister documents,
            OutgoingDocuments outgoing,
            Fulfilment fulfilment,
            Deliveries deliveries,
            AwaitedAcknowledgments acknowledgments,
            Commands commands,
            Callers callers) {
        return new DocumentsResource(
                documents,
                outgoing,
                new OrderLife(fulfilment, documents, outgoing, deliveries, acknowledgments),
                commands,
                callers);
    }

    @Bean
    OrderLinesResource orderLinesResource(OrderLines lines, Callers callers, Clock clock) {
        return new OrderLinesResource(lines, callers, clock);
    }

    @Bean
    CasesResource casesResource(Cases cases, Commands commands, Callers callers) {
        return new CasesResource(cases, commands, callers);
    }
}
