package io.lonja.consortium;

import io.lonja.alarm.Alarms;
import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.catalogue.ItemId;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Divides the supplier's invoices for group orders, and the credit notes to them, among the members. In whichever order
 * they come, each is shared once, as soon as what it needs is known.
 */
public class GroupShares implements DocumentListener {

    /** After orders, before whoever asks for the shares of a document. */
    static final int STEP = 9;

    private final JdbcClient jdbc;
    private final GroupOrders groupOrders;
    private final Consortia consortia;
    private final Alarms alarms;
    private final Supplier<List<SharingListener>> listeners;

    /** @param listeners asked when something is shared */
    GroupShares(
            JdbcClient jdbc,
            GroupOrders groupOrders,
            Consortia consortia,
            Alarms alarms,
            Supplier<List<SharingListener>> listeners) {
        this.jdbc = jdbc;
        this.groupOrders = groupOrders;
        this.consortia = consortia;
        this.alarms = alarms;
        this.listeners = listeners;
    }

    /** The parts of all documents of a group order, oldest first; a member's alone when one is given. */
    public List<GroupShare> of(EntryId groupOrder, Optional<PartyId> member) {
        return jdbc
                .sql("SELECT s.*, d.type, d.number, d.issued_on, d.sender, d.interchange, d.bytes_from, d.bytes_to"
                        + " FROM group_share s JOIN group_document d ON d.fact = s.fact AND d.ordinal = s.ordinal"
                        + " WHERE s.group_order = ? ORDER BY s.fact, s.ordinal, s.member")
                .param(groupOrder.sequence())
                .query(this::share)
                .list()
                .stream()
                .filter(share -> member.isEmpty() || share.member().equals(member.get()))
                .toList();
    }

    /** What the group order came to that this invoice is for; empty for any other document. */
    public Optional<GroupOrder> invoiced(DocumentAccepted event) {
        return event.document().type() == DocumentType.INVOICE ? groupOrders.named(event) : Optional.empty();
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void on(DocumentAccepted event) {
        DocumentType type = event.document().type();
        if (type != DocumentType.INVOICE && type != DocumentType.CREDIT_NOTE
                || consortia.boughtFor(event.buyer()).isEmpty()) {
            return;
        }
        Optional<GroupOrder> groupOrder = invoiced(event);
        keep(event, groupOrder);
        if (type == DocumentType.CREDIT_NOTE) {
            Kept credit = kept("fact = ? AND ordinal = ?", event.fact().sequence(), event.ordinal())
                    .get(0);
            invoices(credit).stream().findFirst().ifPresent(invoice -> takeBack(credit, invoice, event.recordedAt()));
        } else if (groupOrder.isPresent()) {
            share(event, groupOrder.get());
        } else {
            alarms.open(
                    "group-invoice-unmatched:%s:%s"
                            .formatted(event.seller(), event.document().number()),
                    "%s of %s to %s names no order of a group order, so no member has a part of it. Ask %s for an invoice that names the order's number (GO…), or settle it by hand."
                            .formatted(event.document().title(), event.seller(), event.buyer(), event.seller()),
                    event.recordedAt());
        }
    }

    private void share(DocumentAccepted event, GroupOrder groupOrder) {
        CommittedOrder committed = groupOrder.committed();
        if (committed == null) {
            return; // Only what is committed is invoiced.
        }
        if (groupOrder.state() == GroupOrder.State.CLOSED || groupOrder.state() == GroupOrder.State.ORDERED) {
            groupOrders.reached(groupOrder.id(), GroupOrder.State.INVOICED);
        }
        book(
                groupOrder,
                event.priced(),
                Sharing.of(event.priced(), committed),
                Map.of(),
                event.because(),
                event.fact(),
                event.ordinal(),
                event.recordedAt());
        Kept invoice = kept("fact = ? AND ordinal = ?", event.fact().sequence(), event.ordinal())
                .get(0);
        for (Kept credit : kept(
                "type = 'credit-note' AND supplier = ? AND operator = ? AND invoice_number = ?",
                invoice.supplier.value(),
                invoice.operator.value(),
                invoice.number)) {
            takeBack(credit, invoice, event.recordedAt());
        }
    }

    private void takeBack(Kept credit, Kept invoice, Instant at) {
        boolean shared = jdbc.sql("SELECT COUNT(*) FROM group_share WHERE fact = ? AND ordinal = ?")
                        .params(credit.fact.sequence(), credit.ordinal)
                        .query(Long.class)
                        .single()
                > 0;
        EntryId groupOrder = invoice.groupOrder;
        if (shared || groupOrder == null) {
            return;
        }
        GroupOrder found = groupOrders.find(groupOrder).orElseThrow();
        CommittedOrder committed = found.committed();
        if (committed != null) {
            Sharing sharing = Sharing.of(invoice.document, committed);
            Map<PartyId, String> numbers = new HashMap<>();
            List<Sharing.Share> invoiced = sharing.shares();
            for (int i = 0; i < invoiced.size(); i++) {
                numbers.put(invoiced.get(i).member(), SharedDocument.number(found, invoice.fact, i + 1));
            }
            book(
                    found,
                    credit.document,
                    sharing.takenBackBy(credit.document),
                    numbers,
                    credit.because,
                    credit.fact,
                    credit.ordinal,
                    at);
        }
    }

    /** The invoice that a credit note names, if it was shared; of several under one number the one of the first date. */
    private List<Kept> invoices(Kept credit) {
        return credit.invoiceNumber.isEmpty()
                ? List.of()
                : kept(
                        "type = 'invoice' AND group_order IS NOT NULL AND supplier = ? AND operator = ?"
                                + " AND invoice_number = ?",
                        credit.supplier.value(),
                        credit.operator.value(),
                        credit.invoiceNumber);
    }

    private void book(
            GroupOrder groupOrder,
            PricedDocument document,
            Sharing sharing,
            Map<PartyId, String> invoices,
            DocumentRef because,
            EntryId fact,
            int ordinal,
            Instant at) {
        List<Sharing.Share> shares = sharing.shares();
        for (Sharing.Share share : shares) {
            jdbc.sql("INSERT INTO group_share (fact, ordinal, member, group_order, currency, net_minor, tax_minor)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            fact.sequence(),
                            ordinal,
                            share.member().value(),
                            groupOrder.id().sequence(),
                            document.currency().getCurrencyCode(),
                            share.net().minorUnits(),
                            share.tax().minorUnits())
                    .update();
            for (Sharing.SharedLine line : share.lines()) {
                jdbc.sql("INSERT INTO group_share_line (fact, ordinal, member, line, item, quantity, unit, net_minor)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                        .param(fact.sequence())
                        .param(ordinal)
                        .param(share.member().value())
                        .param(line.line())
                        .param(line.item() == null ? null : line.item().value())
                        .param(line.quantity().toPlainString())
                        .param(line.unit())
                        .param(line.net().minorUnits())
                        .update();
            }
        }
        SharedDocument shared = new SharedDocument(groupOrder, document, shares, invoices, because, fact, ordinal, at);
        listeners.get().forEach(listener -> listener.on(shared));
    }

    private void keep(DocumentAccepted event, Optional<GroupOrder> groupOrder) {
        PricedDocument document = event.priced();
        jdbc.sql("INSERT INTO group_document (fact, ordinal, type, supplier, operator, number, invoice_number,"
                        + " group_order, issued_on, content, sender, interchange, bytes_from, bytes_to, recorded_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(event.fact().sequence())
                .param(event.ordinal())
                .param(document.type().wireName())
                .param(event.seller().value())
                .param(event.buyer().value())
                .param(document.number())
                .param(invoiceNumber(document))
                .param(groupOrder.map(found -> found.id().sequence()).orElse(null))
                .param(document.date())
                .param(new String(CanonicalJson.of(document), StandardCharsets.UTF_8))
                .param(event.because().sender().value())
                .param(event.because().at().entry().sequence())
                .param(event.because().at().bytes().from())
                .param(event.because().at().bytes().to())
                .param(event.recordedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Its own for an invoice; the only one that a credit note names, empty when it names none or several. */
    private static String invoiceNumber(PricedDocument document) {
        if (document.type() == DocumentType.INVOICE) {
            return document.number();
        }
        List<String> named = new java.util.ArrayList<>(document.references().getOrDefault("invoice", List.of()));
        document.lines().forEach(line -> named.addAll(line.references().getOrDefault("invoice", List.of())));
        List<String> distinct = named.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.get(0) : "";
    }

    private record Kept(
            EntryId fact,
            int ordinal,
            PartyId supplier,
            PartyId operator,
            String number,
            String invoiceNumber,
            @Nullable EntryId groupOrder,
            PricedDocument document,
            DocumentRef because) {}

    private List<Kept> kept(String condition, Object... values) {
        return jdbc.sql("SELECT * FROM group_document WHERE " + condition + " ORDER BY issued_on, fact, ordinal")
                .params(values)
                .query((row, index) -> {
                    long groupOrder = row.getLong("group_order");
                    return new Kept(
                            new EntryId(row.getLong("fact")),
                            row.getInt("ordinal"),
                            new PartyId(row.getString("supplier")),
                            new PartyId(row.getString("operator")),
                            row.getString("number"),
                            row.getString("invoice_number"),
                            groupOrder == 0 ? null : new EntryId(groupOrder),
                            CanonicalJson.read(
                                    row.getString("content").getBytes(StandardCharsets.UTF_8), PricedDocument.class),
                            because(row));
                })
                .list();
    }

    private GroupShare share(ResultSet row, int index) throws SQLException {
        Currency currency = Currency.getInstance(row.getString("currency"));
        return new GroupShare(
                new EntryId(row.getLong("group_order")),
                new PartyId(row.getString("member")),
                new EntryId(row.getLong("fact")),
                row.getInt("ordinal"),
                row.getObject("issued_on", LocalDate.class),
                new Money(row.getLong("net_minor"), currency),
                new Money(row.getLong("tax_minor"), currency),
                lines(row.getLong("fact"), row.getInt("ordinal"), row.getString("member"), currency),
                because(row));
    }

    private List<Sharing.SharedLine> lines(long fact, int ordinal, String member, Currency currency) {
        return jdbc.sql("SELECT * FROM group_share_line WHERE fact = ? AND ordinal = ? AND member = ? ORDER BY line")
                .params(fact, ordinal, member)
                .query((row, index) -> {
                    String item = row.getString("item");
                    return new Sharing.SharedLine(
                            row.getInt("line"),
                            item == null ? null : new ItemId(item),
                            new BigDecimal(row.getString("quantity")),
                            row.getString("unit"),
                            new Money(row.getLong("net_minor"), currency));
                })
                .list();
    }

    private static DocumentRef because(ResultSet row) throws SQLException {
        return new DocumentRef(
                new PartyId(row.getString("sender")),
                DocumentType.of(row.getString("type")),
                row.getString("number"),
                new ArchiveRef(
                        new EntryId(row.getLong("interchange")),
                        new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to"))));
    }
}
