package io.lonja.consortium;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.catalogue.ItemId;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators and members can decide about buying together, as archived commands. */
public final class ConsortiumDecisions {

    public static final EntryType CONSORTIUM = EntryType.fact("consortium");
    public static final EntryType SUPPLY_AGREEMENT = EntryType.fact("supply-agreement");
    public static final EntryType GROUP_ORDER = EntryType.fact("group-order");
    public static final EntryType PLEDGE = EntryType.fact("group-order-pledge");

    /** The clock passed the deadline; what precedes this entry counts. */
    static final EntryType DEADLINE = EntryType.fact("group-order-deadline");

    /** What the group order came to, after everything before its deadline was read. */
    public static final EntryType CLOSED = EntryType.fact("group-order-closed");

    private ConsortiumDecisions() {}

    /**
     * What a supplier agrees to sell.
     *
     * @param items the supplier's codes and packs follow from the catalogue
     */
    public record NewAgreement(
            ConsortiumId consortium,
            PartyId supplier,
            Currency currency,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            List<NewOffer> items) {}

    /**
     * One item of it.
     *
     * @param unit which of the supplier's packs; null where it has only one
     * @param maximum packs in one group order; null for no limit
     */
    public record NewOffer(
            ItemId item, @Nullable String unit, @Nullable Long maximum, List<SupplyAgreement.PriceTier> tiers) {}

    /** @param delivery requested day, or null */
    public record NewGroupOrder(
            ConsortiumId consortium,
            EntryId agreement,
            Instant deadline,
            @Nullable LocalDate delivery) {}

    /**
     * What a member asks for; it takes the place of what it pledged for the item before.
     *
     * @param quantity 0 withdraws
     * @param unit the member's own pack, or the supplier's when it is null or no pack of the member
     */
    public record Pledge(
            EntryId groupOrder,
            PartyId member,
            ItemId item,
            BigDecimal quantity,
            @Nullable String unit) {}

    /** The group order whose deadline passed. */
    record Deadline(EntryId groupOrder) {}

    /** From now on these are its members; its operator stays who it was first. */
    public static Command say(String actor, @Nullable String idempotencyKey, Consortium consortium) {
        return new Command(CONSORTIUM, actor, idempotencyKey, CanonicalJson.of(consortium));
    }

    public static Command agree(String actor, @Nullable String idempotencyKey, NewAgreement agreement) {
        return new Command(SUPPLY_AGREEMENT, actor, idempotencyKey, CanonicalJson.of(agreement));
    }

    /** Members may ask for what the agreement offers until the deadline. */
    public static Command open(String actor, @Nullable String idempotencyKey, NewGroupOrder groupOrder) {
        return new Command(GROUP_ORDER, actor, idempotencyKey, CanonicalJson.of(groupOrder));
    }

    public static Command pledge(String actor, @Nullable String idempotencyKey, Pledge pledge) {
        return new Command(PLEDGE, actor, idempotencyKey, CanonicalJson.of(pledge));
    }
}
