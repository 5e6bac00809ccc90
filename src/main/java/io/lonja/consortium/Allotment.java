package io.lonja.consortium;

import io.lonja.catalogue.ItemId;
import io.lonja.party.PartyId;

/**
 * What a member asked for of an item and what it got, in the supplier's packs.
 *
 * @param rule by which it was decided: {@code constrained-equal-awards/1}
 * @param sentence why it got so much
 */
public record Allotment(PartyId member, ItemId item, long asked, long granted, String rule, String sentence) {}
