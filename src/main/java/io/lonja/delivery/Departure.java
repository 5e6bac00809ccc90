package io.lonja.delivery;

import io.lonja.partner.TradingPartner;

/**
 * One attempt to bring a delivery to its partner: the payload of its entry in the archive.
 *
 * @param attempt counted from 1
 */
public record Departure(Delivery.Owed owed, TradingPartner to, int attempt) {}
