package io.lonja.account;

import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.EntryId;
import io.lonja.catalogue.CatalogueItem;
import io.lonja.catalogue.ItemCode;
import io.lonja.consortium.SharedDocument;
import io.lonja.consortium.Sharing;
import io.lonja.consortium.SharingListener;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument.Line;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each party paid for what, as its invoices say; those it bought itself and its parts of group orders. */
public class PricesPaid implements DocumentListener, SharingListener {

    static final int STEP = 22;

    private final JdbcClient jdbc;

    PricesPaid(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void on(DocumentAccepted event) {
        if (event.document().type() != DocumentType.INVOICE) {
            return;
        }
        for (int i = 0; i < event.priced().lines().size(); i++) {
            Line line = event.priced().lines().get(i);
            add(
                    event.buyer(),
                    event.seller(),
                    line,
                    event.document().date(),
                    event.fact(),
                    event.ordinal(),
                    i,
                    line.quantity().value(),
                    line.net(),
                    null,
                    event.because());
        }
    }

    @Override
    public void on(SharedDocument shared) {
        if (shared.document().type() != DocumentType.INVOICE) {
            return;
        }
        for (Sharing.Share share : shared.shares()) {
            for (Sharing.SharedLine part : share.lines()) {
                add(
                        share.member(),
                        shared.groupOrder().supplier(),
                        shared.document().lines().get(part.line()),
                        shared.document().date(),
                        shared.fact(),
                        shared.ordinal(),
                        part.line(),
                        part.quantity(),
                        part.net(),
                        shared.groupOrder().id(),
                        shared.because());
            }
        }
    }

    private void add(
            PartyId party,
            PartyId seller,
            Line line,
            LocalDate date,
            EntryId fact,
            int ordinal,
            int index,
            BigDecimal quantity,
            Money net,
            @Nullable EntryId groupOrder,
            DocumentRef because) {
        if (quantity.signum() <= 0 || net.isNegative()) {
            return; // Nothing was bought, so nothing was paid for one.
        }
        for (Map.Entry<String, String> code : line.items().entrySet()) {
            jdbc.sql("INSERT INTO account_price (party, scheme, code, seller, issued_on, fact, ordinal, line, quantity,"
                            + " unit, currency, net_minor, sender, type, document, interchange, bytes_from, bytes_to,"
                            + " group_order) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .param(party.value())
                    .param(code.getKey())
                    .param(ItemCode.key(code.getKey(), code.getValue()))
                    .param(seller.value())
                    .param(date)
                    .param(fact.sequence())
                    .param(ordinal)
                    .param(index)
                    .param(quantity.toPlainString())
                    .param(line.quantity().unit())
                    .param(net.currency().getCurrencyCode())
                    .param(net.minorUnits())
                    .param(because.sender().value())
                    .param(because.type().wireName())
                    .param(because.number())
                    .param(because.at().entry().sequence())
                    .param(line.wire().from())
                    .param(line.wire().to())
                    .param(groupOrder == null ? null : groupOrder.sequence())
                    .update();
        }
    }

    /**
     * What the party paid for the item last, in this currency, by an invoice dated up to this day: its own, or its part of
     * one for a group order that was opened before this one.
     */
    Optional<PricePaid> last(
            PartyId party, CatalogueItem item, Currency currency, LocalDate through, EntryId beforeGroupOrder) {
        List<PricePaid> found = new ArrayList<>();
        for (ItemCode code : item.codes()) {
            @Nullable PartyId owner = code.party();
            String scheme = owner == null ? "gtin" : owner.equals(party) ? "buyer-item" : "supplier-item";
            jdbc.sql(
                            "SELECT * FROM account_price WHERE party = ? AND scheme = ? AND code = ? AND issued_on BETWEEN ? AND ?"
                                    + " AND (group_order IS NULL OR group_order < ?)"
                                    + " AND currency = ? AND unit IN (?, ?) AND (? = '' OR seller = ?)"
                                    + " ORDER BY issued_on DESC, document DESC, line DESC FETCH FIRST 1 ROW ONLY")
                    .params(
                            party.value(),
                            scheme,
                            code.key(),
                            code.begins(),
                            through.isBefore(code.ends()) ? through : code.ends(),
                            beforeGroupOrder.sequence(),
                            currency.getCurrencyCode(),
                            code.unit(),
                            item.baseUnit(),
                            scheme.equals("supplier-item") ? "seller" : "",
                            owner == null ? "" : owner.value())
                    .query((row, index) ->
                            price(row, row.getString("unit").equals(code.unit()) ? code.pack() : BigDecimal.ONE))
                    .list()
                    .forEach(found::add);
        }
        return found.stream()
                .max(Comparator.comparing(PricePaid::date)
                        .thenComparing(price -> price.because().number()));
    }

    private static PricePaid price(ResultSet row, BigDecimal pack) throws SQLException {
        return new PricePaid(
                row.getObject("issued_on", LocalDate.class),
                new BigDecimal(row.getString("quantity")),
                row.getString("unit"),
                pack,
                new Money(row.getLong("net_minor"), Currency.getInstance(row.getString("currency"))),
                new DocumentRef(
                        new PartyId(row.getString("sender")),
                        DocumentType.of(row.getString("type")),
                        row.getString("document"),
                        new ArchiveRef(
                                new EntryId(row.getLong("interchange")),
                                new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to")))));
    }
}
