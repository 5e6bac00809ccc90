package io.lonja.commission;

import io.lonja.archive.Archive;
import io.lonja.archive.Commands;
import io.lonja.archive.KeySafe;
import io.lonja.consortium.GroupShares;
import io.lonja.document.DocumentRegister;
import io.lonja.document.GuideVersions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger and what writes to it. */
@Configuration(proxyBeanMethods = false)
class CommissionConfiguration {

    @Bean
    Ledger ledger(JdbcClient jdbc, ObjectProvider<LedgerListener> listeners) {
        return new Ledger(jdbc, listeners.orderedStream().toList());
    }

    @Bean
    CommissionAgreements commissionAgreements(JdbcClient jdbc) {
        return new CommissionAgreements(jdbc);
    }

    @Bean
    CommissionStatements commissionStatements(
            JdbcClient jdbc, Ledger ledger, CommissionAgreements agreements, Archive archive) {
        return new CommissionStatements(jdbc, ledger, agreements, archive::treeHead);
    }

    @Bean
    Provenance provenance(
            JdbcClient jdbc,
            Ledger ledger,
            CommissionAgreements agreements,
            Archive archive,
            DocumentRegister documents) {
        return new Provenance(jdbc, ledger, agreements, archive, documents);
    }

    @Bean
    StatementBundles statementBundles(
            JdbcClient jdbc, Archive archive, KeySafe safe, GuideVersions guides, DocumentRegister documents) {
        return new StatementBundles(jdbc, archive, TreeHeadSigner.in(safe), guides, documents);
    }

    @Bean
    CommissionBooks commissionBooks(
            JdbcClient jdbc, CommissionAgreements agreements, Ledger ledger, GroupShares groupShares) {
        return new CommissionBooks(new CommissionLines(jdbc), agreements, new ClosedPeriods(jdbc), ledger, groupShares);
    }

    @Bean
    CommissionCommands commissionCommands(
            JdbcClient jdbc,
            CommissionAgreements agreements,
            CommissionBooks books,
            CommissionStatements statements,
            Commands.Outcomes outcomes) {
        return new CommissionCommands(
                agreements, new CommissionLines(jdbc), books, new ClosedPeriods(jdbc), statements, outcomes);
    }
}
