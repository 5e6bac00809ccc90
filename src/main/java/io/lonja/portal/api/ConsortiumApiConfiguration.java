package io.lonja.portal.api;

import io.lonja.access.Callers;
import io.lonja.account.Savings;
import io.lonja.archive.Commands;
import io.lonja.catalogue.Catalogue;
import io.lonja.consortium.Consortia;
import io.lonja.consortium.GroupOrders;
import io.lonja.consortium.GroupResponses;
import io.lonja.consortium.GroupShares;
import io.lonja.partner.TradingPartners;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API shows of consortia and takes for them. */
@Configuration(proxyBeanMethods = false)
class ConsortiumApiConfiguration {

    @Bean
    CatalogueResource catalogueResource(
            Catalogue catalogue, TradingPartners partners, Commands commands, Callers callers) {
        return new CatalogueResource(catalogue, partners, commands, callers);
    }

    @Bean
    ConsortiaResource consortiaResource(
            Consortia consortia,
            GroupOrders groupOrders,
            GroupResponses responses,
            TradingPartners partners,
            Commands commands,
            Callers callers) {
        return new ConsortiaResource(
                consortia,
                groupOrders,
                new GroupOrderViews(consortia, groupOrders, responses),
                partners,
                commands,
                callers);
    }

    @Bean
    GroupOrdersResource groupOrdersResource(
            Consortia consortia,
            GroupOrders groupOrders,
            GroupResponses responses,
            GroupShares shares,
            Savings savings,
            Commands commands,
            Callers callers) {
        return new GroupOrdersResource(
                consortia,
                groupOrders,
                new GroupOrderViews(consortia, groupOrders, responses),
                shares,
                savings,
                commands,
                callers);
    }
}
