package io.lonja.portal.api;

import io.lonja.access.Callers;
import io.lonja.account.AccountHistory;
import io.lonja.archive.Archive;
import io.lonja.archive.Commands;
import io.lonja.commission.CommissionAgreements;
import io.lonja.commission.CommissionStatements;
import io.lonja.commission.Ledger;
import io.lonja.commission.Provenance;
import io.lonja.commission.StatementBundles;
import io.lonja.intake.Receipts;
import io.lonja.opportunity.Opportunities;
import io.lonja.partner.TradingPartners;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API shows of the books. */
@Configuration(proxyBeanMethods = false)
class BooksConfiguration {

    /** How long a close waits for what was received before it. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(2);

    @Bean
    LedgerResource ledgerResource(Ledger ledger, Provenance provenance, Callers callers) {
        return new LedgerResource(ledger, provenance, callers);
    }

    @Bean
    AccountsResource accountsResource(AccountHistory history, Ledger ledger, Callers callers) {
        return new AccountsResource(history, ledger, callers);
    }

    @Bean
    OpportunitiesResource opportunitiesResource(Opportunities opportunities, Callers callers) {
        return new OpportunitiesResource(opportunities, callers);
    }

    @Bean
    CommissionsResource commissionsResource(
            CommissionAgreements agreements,
            CommissionStatements statements,
            StatementBundles bundles,
            Commands commands,
            TradingPartners partners,
            Callers callers,
            Clock clock,
            Archive archive,
            Receipts receipts) {
        return new CommissionsResource(
                agreements,
                statements,
                bundles,
                commands,
                partners,
                callers,
                clock,
                new UnreadReceipts(archive::size, receipts::firstUnfinished, WAIT_MAX));
    }
}
