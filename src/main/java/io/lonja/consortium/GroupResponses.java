package io.lonja.consortium;

import io.lonja.alarm.Alarms;
import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.document.Answer;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What suppliers answer to the orders of group orders. The newest answer in the sequence of the archive holds; whether
 * an invoice came before it makes no difference. Where it says otherwise than was ordered, an alarm tells what.
 */
public class GroupResponses implements DocumentListener {

    /** After invoices were shared. */
    static final int STEP = 11;

    private final JdbcClient jdbc;
    private final GroupOrders groupOrders;
    private final Consortia consortia;
    private final Alarms alarms;

    GroupResponses(JdbcClient jdbc, GroupOrders groupOrders, Consortia consortia, Alarms alarms) {
        this.jdbc = jdbc;
        this.groupOrders = groupOrders;
        this.consortia = consortia;
        this.alarms = alarms;
    }

    /** All answers, newest first: the first one holds. */
    public List<GroupResponse> of(EntryId groupOrder) {
        return jdbc.sql("SELECT * FROM group_response WHERE group_order = ? ORDER BY fact DESC, ordinal DESC")
                .param(groupOrder.sequence())
                .query(GroupResponses::response)
                .list();
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void on(DocumentAccepted event) {
        if (event.document().type() != DocumentType.ORDER_RESPONSE
                || consortia.boughtFor(event.buyer()).isEmpty()) {
            return;
        }
        Optional<GroupOrder> groupOrder = groupOrders.named(event);
        if (groupOrder.isPresent()) {
            keep(event, groupOrder.get());
            answered(event, groupOrder.get());
        } else {
            alarms.open(
                    "group-response-unmatched:%s:%s"
                            .formatted(event.seller(), event.document().number()),
                    "%s of %s to %s names no order of a closed group order, so nothing is confirmed by it. Ask %s for a response that names the order's number (GO…), or settle it by hand."
                            .formatted(event.document().title(), event.seller(), event.buyer(), event.seller()),
                    event.recordedAt());
        }
    }

    private void answered(DocumentAccepted event, GroupOrder groupOrder) {
        CommittedOrder committed = groupOrder.committed();
        if (committed == null) {
            return; // Only what is committed is answered.
        }
        Confirmation confirmation = Confirmation.of(event.priced(), committed);
        boolean rejected = confirmation.answer() == Answer.REJECTED;
        if (!rejected && groupOrder.state() == GroupOrder.State.CLOSED) {
            groupOrders.reached(groupOrder.id(), GroupOrder.State.ORDERED);
        } else if (rejected && groupOrder.state() == GroupOrder.State.ORDERED) {
            groupOrders.reached(groupOrder.id(), GroupOrder.State.CLOSED);
        }
        // The newest answer is the one to act on: what an earlier one said is told no more.
        String cause = "group-response:" + groupOrder.id();
        alarms.close(cause, event.recordedAt());
        List<String> deviations = Deviations.of(confirmation, committed);
        if (!deviations.isEmpty()) {
            alarms.open(cause, sentence(event, committed, rejected, deviations), event.recordedAt());
        }
    }

    private static String sentence(
            DocumentAccepted event, CommittedOrder order, boolean rejected, List<String> deviations) {
        return "%s answers order %s of %s otherwise than it was ordered (response %s). %s %s"
                .formatted(
                        event.seller(),
                        order.number(),
                        order.name(),
                        event.document().number(),
                        Deviations.listed(deviations),
                        rejected
                                ? "Nothing will come: ask %s why, and tell the members to buy elsewhere or open another group order."
                                        .formatted(event.seller())
                                : "Settle it with %s, or tell the members what they get: the group order shows each one's part."
                                        .formatted(event.seller()));
    }

    private void keep(DocumentAccepted event, GroupOrder groupOrder) {
        PricedDocument document = event.priced();
        jdbc.sql("INSERT INTO group_response (fact, ordinal, group_order, sender, number, content, interchange,"
                        + " bytes_from, bytes_to, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        event.fact().sequence(),
                        event.ordinal(),
                        groupOrder.id().sequence(),
                        event.because().sender().value(),
                        document.number(),
                        new String(CanonicalJson.of(document), StandardCharsets.UTF_8),
                        event.because().at().entry().sequence(),
                        event.because().at().bytes().from(),
                        event.because().at().bytes().to(),
                        event.recordedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static GroupResponse response(ResultSet row, int index) throws SQLException {
        return new GroupResponse(
                new EntryId(row.getLong("group_order")),
                new EntryId(row.getLong("fact")),
                row.getInt("ordinal"),
                CanonicalJson.read(row.getString("content").getBytes(StandardCharsets.UTF_8), PricedDocument.class),
                new DocumentRef(
                        new PartyId(row.getString("sender")),
                        DocumentType.ORDER_RESPONSE,
                        row.getString("number"),
                        new ArchiveRef(
                                new EntryId(row.getLong("interchange")),
                                new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to")))),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
