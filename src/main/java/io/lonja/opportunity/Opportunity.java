package io.lonja.opportunity;

import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * An order that a supplier can still invoice, or has invoiced.
 *
 * @param id derived from the entry that made the order count: {@code 57-0}
 * @param supplier whose opportunity it is
 * @param member who ordered
 * @param ordered sum of the order's lines, net
 * @param invoiced sum of the invoice lines that name the order, net
 * @param open what is still to be invoiced; zero once it is won
 * @param because the order's bytes
 */
public record Opportunity(
        String id,
        PartyId supplier,
        PartyId member,
        String orderNumber,
        LocalDate orderedOn,
        Money ordered,
        Money invoiced,
        Money open,
        ForecastCategory category,
        Probability probability,
        DocumentRef because,
        Instant recordedAt) {}
