package io.lonja.account;

import io.lonja.catalogue.Catalogue;
import io.lonja.consortium.CommittedOrder;
import io.lonja.consortium.GroupOrder;
import io.lonja.consortium.GroupShare;
import io.lonja.consortium.Sharing;
import io.lonja.document.DocumentType;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a member saved in a group order against what it paid before, by its own invoices. */
public class Savings {

    private final PricesPaid prices;
    private final Catalogue catalogue;

    Savings(PricesPaid prices, Catalogue catalogue) {
        this.prices = prices;
        this.catalogue = catalogue;
    }

    /**
     * Against the last price before the group order was opened.
     *
     * @param amount of the member's part; negative when it paid less before
     * @param before what it paid last, and which document says so
     */
    public record Saving(Money amount, PricePaid before) {}

    /** Empty for a credit note, and where the member never bought the item in that currency before. */
    public Optional<Saving> of(GroupOrder groupOrder, GroupShare share, Sharing.SharedLine line) {
        CommittedOrder committed = groupOrder.committed();
        if (committed == null || line.item() == null || share.because().type() != DocumentType.INVOICE) {
            return Optional.empty();
        }
        LocalDate opened = LocalDate.ofInstant(groupOrder.openedAt(), ZoneOffset.UTC);
        return committed
                .line(line.item())
                .flatMap(ordered -> catalogue
                        .find(ordered.item())
                        .flatMap(item ->
                                prices.last(share.member(), item, line.net().currency(), opened, groupOrder.id()))
                        .map(before -> new Saving(
                                formerly(before, baseUnits(line, ordered)).minus(line.net()), before)));
    }

    /** The invoice speaks in the ordered pack; another unit can only be the base unit. */
    private static BigDecimal baseUnits(Sharing.SharedLine line, CommittedOrder.Line ordered) {
        return line.unit().equals(ordered.unit()) ? line.quantity().multiply(ordered.pack()) : line.quantity();
    }

    /** What so many base units would have cost at the former price, half up to the minor unit. */
    private static Money formerly(PricePaid before, BigDecimal baseUnits) {
        BigDecimal minor = BigDecimal.valueOf(before.net().minorUnits())
                .multiply(baseUnits)
                .divide(before.quantity().multiply(before.pack()), 0, RoundingMode.HALF_UP);
        return new Money(minor.longValueExact(), before.net().currency());
    }
}
