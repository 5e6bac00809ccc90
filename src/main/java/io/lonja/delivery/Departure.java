package io.lonja.delivery;

import io.lonja.partner.TradingPartner;

/**
 * One attempt to bring a delivery to its partner.
 *
 * @param payload the bytes that are owed
 * @param attempt counted from 1
 */
public record Departure(Delivery.Owed owed, TradingPartner to, byte[] payload, int attempt) {}
