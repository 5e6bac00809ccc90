package io.lonja.account;

import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a party paid for an item once.
 *
 * @param quantity invoiced
 * @param unit as the document names it
 * @param pack base units in one
 * @param net of the quantity
 * @param because the invoice line
 */
public record PricePaid(
        LocalDate date, BigDecimal quantity, String unit, BigDecimal pack, Money net, DocumentRef because) {}
