package io.lonja.consortium;

import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.catalogue.ItemId;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All group orders, what was asked for in them and what came of it. */
public class GroupOrders {

    private final JdbcClient jdbc;

    GroupOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<GroupOrder> find(EntryId id) {
        return jdbc.sql("SELECT * FROM group_order WHERE id = ?")
                .param(id.sequence())
                .query(GroupOrders::groupOrder)
                .optional();
    }

    /** The group order whose consolidated order has this number. */
    public Optional<GroupOrder> numbered(String number) {
        return jdbc.sql("SELECT * FROM group_order WHERE number = ?")
                .param(number)
                .query(GroupOrders::groupOrder)
                .optional();
    }

    /** The closed one whose order this document of its supplier names; empty where it names none. */
    Optional<GroupOrder> named(DocumentAccepted event) {
        return Sharing.named(event.priced()).stream()
                .flatMap(number -> numbered(number).stream())
                .filter(groupOrder -> groupOrder.committed() != null
                        && Sharing.concerns(event.priced(), event.buyer(), event.seller(), groupOrder.committed()))
                .findFirst();
    }

    /**
     * A stretch, newest first.
     *
     * @param before only those opened before this one
     */
    public List<GroupOrder> of(ConsortiumId consortium, long before, int limit) {
        return jdbc.sql("SELECT * FROM group_order WHERE consortium = ? AND id < ? ORDER BY id DESC"
                        + " FETCH FIRST %d ROWS ONLY".formatted(limit))
                .params(consortium.value(), before)
                .query(GroupOrders::groupOrder)
                .list();
    }

    /** All that was asked for, in the order it was said; a member's alone when one is given. */
    public List<Demand> demands(EntryId groupOrder, Optional<PartyId> member) {
        return jdbc
                .sql("SELECT * FROM group_order_demand WHERE group_order = ? ORDER BY fact, ordinal, line")
                .param(groupOrder.sequence())
                .query(GroupOrders::demand)
                .list()
                .stream()
                .filter(demand -> member.isEmpty() || demand.member().equals(member.get()))
                .toList();
    }

    /** What a closed group order gave to whom, in order of item and member; a member's alone when one is given. */
    public List<Allotment> allotments(EntryId groupOrder, Optional<PartyId> member) {
        return jdbc
                .sql("SELECT * FROM group_order_allotment WHERE group_order = ? ORDER BY item, member")
                .param(groupOrder.sequence())
                .query((row, index) -> new Allotment(
                        new PartyId(row.getString("member")),
                        new ItemId(row.getString("item")),
                        row.getLong("asked"),
                        row.getLong("granted"),
                        EqualAwards.RULE,
                        row.getString("sentence")))
                .list()
                .stream()
                .filter(allotment -> member.isEmpty() || allotment.member().equals(member.get()))
                .toList();
    }

    /** Lines of orders to this operator that went into no group order, oldest first. */
    public List<UnmatchedLine> unmatched(PartyId operator) {
        return jdbc.sql("SELECT * FROM group_order_unmatched WHERE operator = ? ORDER BY fact, ordinal, line")
                .param(operator.value())
                .query(GroupOrders::unmatchedLine)
                .list();
    }

    List<PartyId> operatorsWithUnmatchedLines() {
        return jdbc.sql("SELECT DISTINCT operator FROM group_order_unmatched ORDER BY operator")
                .query((row, index) -> new PartyId(row.getString("operator")))
                .list();
    }

    /** Those that still take something, the one that closes first before the others. */
    List<GroupOrder> alive(PartyId operator) {
        return jdbc.sql("SELECT * FROM group_order WHERE operator = ? AND state IN ('open', 'closing') ORDER BY id")
                .param(operator.value())
                .query(GroupOrders::groupOrder)
                .list();
    }

    /** Open ones whose deadline has come. */
    List<GroupOrder> due(Instant now) {
        return jdbc.sql("SELECT * FROM group_order WHERE state = 'open' AND deadline <= ? ORDER BY deadline, id")
                .param(now.atOffset(ZoneOffset.UTC))
                .query(GroupOrders::groupOrder)
                .list();
    }

    List<GroupOrder> closing() {
        return jdbc.sql("SELECT * FROM group_order WHERE state = 'closing' ORDER BY id")
                .query(GroupOrders::groupOrder)
                .list();
    }

    /** Those that lines of the member's order with this number went into, oldest first. */
    List<GroupOrder> pooling(PartyId member, String order) {
        return jdbc.sql("SELECT * FROM group_order WHERE id IN (SELECT group_order FROM group_order_demand"
                        + " WHERE member = ? AND type = 'purchase-order' AND document = ?) ORDER BY id")
                .params(member.value(), order)
                .query(GroupOrders::groupOrder)
                .list();
    }

    boolean offers(EntryId groupOrder, ItemId item) {
        return jdbc.sql("SELECT COUNT(*) FROM group_order_item WHERE group_order = ? AND item = ?")
                        .params(groupOrder.sequence(), item.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    void open(GroupOrder groupOrder, SupplyAgreement agreement) {
        jdbc.sql("INSERT INTO group_order (id, consortium, operator, supplier, agreement, state, deadline, opened_at,"
                        + " delivery, number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(groupOrder.id().sequence())
                .param(groupOrder.consortium().value())
                .param(groupOrder.operator().value())
                .param(groupOrder.supplier().value())
                .param(groupOrder.agreement().sequence())
                .param(groupOrder.state().wireName())
                .param(groupOrder.deadline().atOffset(ZoneOffset.UTC))
                .param(groupOrder.openedAt().atOffset(ZoneOffset.UTC))
                .param(groupOrder.delivery())
                .param(groupOrder.number())
                .update();
        agreement
                .items()
                .forEach(offer -> jdbc.sql("INSERT INTO group_order_item (group_order, item) VALUES (?, ?)")
                        .params(groupOrder.id().sequence(), offer.item().value())
                        .update());
    }

    void deadlinePassed(EntryId groupOrder, EntryId by) {
        jdbc.sql("UPDATE group_order SET state = 'closing', deadline_entry = ? WHERE id = ?")
                .params(by.sequence(), groupOrder.sequence())
                .update();
    }

    void close(CommittedOrder committed, EntryId by, List<Allotment> allotments) {
        jdbc.sql("UPDATE group_order SET state = ?, closed_by = ?, committed = ? WHERE id = ?")
                .params(
                        (committed.lapsed() ? GroupOrder.State.LAPSED : GroupOrder.State.CLOSED).wireName(),
                        by.sequence(),
                        json(committed),
                        committed.groupOrder().sequence())
                .update();
        for (Allotment allotment : allotments) {
            jdbc.sql("INSERT INTO group_order_allotment (group_order, member, item, asked, granted, sentence)"
                            + " VALUES (?, ?, ?, ?, ?, ?)")
                    .params(
                            committed.groupOrder().sequence(),
                            allotment.member().value(),
                            allotment.item().value(),
                            allotment.asked(),
                            allotment.granted(),
                            allotment.sentence())
                    .update();
        }
    }

    void reached(EntryId groupOrder, GroupOrder.State state) {
        jdbc.sql("UPDATE group_order SET state = ? WHERE id = ?")
                .params(state.wireName(), groupOrder.sequence())
                .update();
    }

    /** Takes back what the member pledged for the item so far. */
    void withdrawPledge(EntryId groupOrder, PartyId member, ItemId item) {
        jdbc.sql("DELETE FROM group_order_demand WHERE group_order = ? AND member = ? AND item = ? AND sender IS NULL")
                .params(groupOrder.sequence(), member.value(), item.value())
                .update();
    }

    void add(Demand demand) {
        DocumentRef because = demand.because();
        jdbc.sql(
                        "INSERT INTO group_order_demand (group_order, member, item, fact, ordinal, line, quantity, unit, packs,"
                                + " sender, type, document, interchange, bytes_from, bytes_to, recorded_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(demand.groupOrder().sequence())
                .param(demand.member().value())
                .param(demand.item().value())
                .param(demand.fact().sequence())
                .param(demand.ordinal())
                .param(demand.line())
                .param(demand.quantity().toPlainString())
                .param(demand.unit())
                .param(demand.packs())
                .param(because == null ? null : because.sender().value())
                .param(because == null ? null : because.type().wireName())
                .param(because == null ? null : because.number())
                .param(because == null ? null : because.at().entry().sequence())
                .param(because == null ? null : because.at().bytes().from())
                .param(because == null ? null : because.at().bytes().to())
                .param(demand.recordedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void add(UnmatchedLine line) {
        jdbc.sql(
                        "INSERT INTO group_order_unmatched (fact, ordinal, line, operator, buyer, line_number, items, quantity,"
                                + " unit, reason, sender, type, document, interchange, bytes_from, bytes_to, recorded_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(line.fact().sequence())
                .param(line.ordinal())
                .param(line.line())
                .param(line.operator().value())
                .param(line.buyer().value())
                .param(line.lineNumber())
                .param(json(new Codes(line.items())))
                .param(line.quantity().toPlainString())
                .param(line.unit())
                .param(line.reason())
                .param(line.because().sender().value())
                .param(line.because().type().wireName())
                .param(line.because().number())
                .param(line.because().at().entry().sequence())
                .param(line.because().at().bytes().from())
                .param(line.because().at().bytes().to())
                .param(line.recordedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void remove(UnmatchedLine line) {
        jdbc.sql("DELETE FROM group_order_unmatched WHERE fact = ? AND ordinal = ? AND line = ?")
                .params(line.fact().sequence(), line.ordinal(), line.line())
                .update();
    }

    private record Codes(java.util.SortedMap<String, String> codes) {}

    private static String json(Object content) {
        return new String(CanonicalJson.of(content), StandardCharsets.UTF_8);
    }

    private static GroupOrder groupOrder(ResultSet row, int index) throws SQLException {
        String committed = row.getString("committed");
        return new GroupOrder(
                new EntryId(row.getLong("id")),
                new ConsortiumId(row.getString("consortium")),
                new PartyId(row.getString("operator")),
                new PartyId(row.getString("supplier")),
                new EntryId(row.getLong("agreement")),
                GroupOrder.State.of(row.getString("state")),
                row.getObject("deadline", OffsetDateTime.class).toInstant(),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("delivery", LocalDate.class),
                entry(row, "deadline_entry"),
                entry(row, "closed_by"),
                committed == null
                        ? null
                        : CanonicalJson.read(committed.getBytes(StandardCharsets.UTF_8), CommittedOrder.class));
    }

    private static @Nullable EntryId entry(ResultSet row, String column) throws SQLException {
        long sequence = row.getLong(column);
        return row.wasNull() ? null : new EntryId(sequence);
    }

    private static Demand demand(ResultSet row, int index) throws SQLException {
        return new Demand(
                new EntryId(row.getLong("group_order")),
                new PartyId(row.getString("member")),
                new ItemId(row.getString("item")),
                new EntryId(row.getLong("fact")),
                row.getInt("ordinal"),
                row.getInt("line"),
                new BigDecimal(row.getString("quantity")),
                row.getString("unit"),
                row.getLong("packs"),
                row.getString("sender") == null ? null : because(row),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    private static UnmatchedLine unmatchedLine(ResultSet row, int index) throws SQLException {
        return new UnmatchedLine(
                new EntryId(row.getLong("fact")),
                row.getInt("ordinal"),
                row.getInt("line"),
                new PartyId(row.getString("operator")),
                new PartyId(row.getString("buyer")),
                row.getString("line_number"),
                CanonicalJson.read(row.getString("items").getBytes(StandardCharsets.UTF_8), Codes.class)
                        .codes(),
                new BigDecimal(row.getString("quantity")),
                row.getString("unit"),
                row.getString("reason"),
                because(row),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    private static DocumentRef because(ResultSet row) throws SQLException {
        return new DocumentRef(
                new PartyId(row.getString("sender")),
                DocumentType.of(row.getString("type")),
                row.getString("document"),
                new ArchiveRef(
                        new EntryId(row.getLong("interchange")),
                        new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to"))));
    }
}
