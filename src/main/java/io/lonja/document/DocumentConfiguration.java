package io.lonja.document;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Archive;
import io.lonja.archive.Commands;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The register of documents, and what makes them count. */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {

    @Bean
    DocumentRegister documentRegister(JdbcClient jdbc) {
        return new DocumentRegister(jdbc);
    }

    @Bean
    GuideVersions guideVersions(JdbcClient jdbc, Archive archive) {
        return new GuideVersions(jdbc, archive);
    }

    @Bean
    OutgoingDocuments outgoingDocuments(JdbcClient jdbc) {
        return new OutgoingDocuments(jdbc);
    }

    @Bean
    WrittenEffect writtenEffect(OutgoingDocuments documents) {
        return new WrittenEffect(documents);
    }

    @Bean
    DocumentEffect documentEffect(
            JdbcClient jdbc,
            Alarms alarms,
            Commands.Outcomes outcomes,
            ObjectProvider<BookingCheck> checks,
            ObjectProvider<DocumentListener> listeners) {
        return new DocumentEffect(
                jdbc,
                alarms,
                outcomes,
                () -> checks.stream().toList(),
                () -> listeners.stream().toList());
    }
}
