package io.lonja.account;

import io.lonja.money.Money;
import java.time.LocalDate;

/**
 * A party's events of one kind and currency, summed.
 *
 * @param events how many
 * @param lastOn the latest document date among them
 */
public record AccountTotal(AccountEvent.Kind kind, Money amount, long events, LocalDate lastOn) {}
