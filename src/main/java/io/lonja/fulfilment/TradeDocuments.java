package io.lonja.fulfilment;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Sha256;
import io.lonja.document.DocumentType;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps documents by the orders that they name. */
final class TradeDocuments {

    private final JdbcClient jdbc;

    TradeDocuments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param signature by which an invoice is known again under another number; null where it is not */
    void add(PartyId buyer, PartyId seller, String order, TradeDocument document, @Nullable Sha256 signature) {
        // A credit note that names its order belongs there; one that does not goes where its invoice is.
        boolean byInvoice = document.type() == DocumentType.CREDIT_NOTE && order.equals(TradeDocument.NO_ORDER);
        jdbc.sql("INSERT INTO trade_document (document, order_number, buyer, seller, type, number, issued,"
                        + " invoice_number, signature, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        document.id(),
                        order,
                        buyer.value(),
                        seller.value(),
                        document.type().wireName(),
                        document.number(),
                        document.date(),
                        byInvoice ? document.invoice() : null,
                        signature == null ? null : signature.hex(),
                        new String(CanonicalJson.of(document), StandardCharsets.UTF_8))
                .update();
        boolean sent = document.type() == DocumentType.DESPATCH_ADVICE && !order.equals(TradeDocument.NO_ORDER);
        boolean received = document.type() == DocumentType.RECEIVING_ADVICE && order.equals(TradeDocument.NO_ORDER);
        Collection<String> names = new TreeSet<>(sent || received ? document.shipments() : List.of());
        if (sent) {
            names.add(document.number());
        }
        names.forEach(name -> jdbc.sql("INSERT INTO trade_shipment (document, order_number, name, sent, buyer, seller)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(document.id(), order, name, sent, buyer.value(), seller.value())
                .update());
    }

    /**
     * Everything that names this order, the credit notes that name only an invoice for it, and the receiving advices that name
     * only a despatch advice for it, with their lines of this order.
     */
    List<TradeDocument> of(PartyId buyer, PartyId seller, String order) {
        List<TradeDocument> named = jdbc
                .sql("SELECT content FROM trade_document WHERE order_number = ? AND seller = ? AND buyer = ?")
                .params(order, seller.value(), buyer.value())
                .query(String.class)
                .list()
                .stream()
                .map(TradeDocuments::document)
                .toList();
        return withCredits(buyer, seller, withReceipts(buyer, seller, order, named));
    }

    private List<TradeDocument> withReceipts(
            PartyId buyer, PartyId seller, String order, List<TradeDocument> documents) {
        List<TradeDocument> all = new ArrayList<>();
        List<TradeDocument> sent = documents.stream()
                .filter(document -> document.type() == DocumentType.DESPATCH_ADVICE)
                .toList();
        for (TradeDocument document : documents) {
            if (document.type() == DocumentType.RECEIVING_ADVICE
                    && document.lines().isEmpty()) {
                List<TradeDocument> meant =
                        sent.stream().filter(document::receives).toList();
                all.add(new ReceivedShipments(document, new TreeMap<>(Map.of(order, meant)))
                        .of(order)
                        .orElse(document));
            } else {
                all.add(document);
            }
        }
        if (!sent.isEmpty()) {
            jdbc
                    .sql(
                            "SELECT content FROM trade_document WHERE order_number = '' AND document IN (SELECT here.document"
                                    + " FROM trade_shipment here JOIN trade_shipment there ON there.name = here.name"
                                    + " AND there.seller = here.seller AND there.buyer = here.buyer WHERE NOT here.sent"
                                    + " AND there.sent AND there.order_number = ? AND there.seller = ? AND there.buyer = ?)")
                    .params(order, seller.value(), buyer.value())
                    .query(String.class)
                    .list()
                    .stream()
                    .map(TradeDocuments::document)
                    .forEach(receipt -> new ReceivedShipments(receipt, sentTo(receipt.id()))
                            .of(order)
                            .ifPresent(all::add));
        }
        return all;
    }

    /** What the despatch advices say that a receipt without an order names, by order. */
    private SortedMap<String, List<TradeDocument>> sentTo(String receipt) {
        SortedMap<String, List<TradeDocument>> sent = new TreeMap<>();
        jdbc.sql("SELECT order_number, content FROM trade_document WHERE (document, order_number) IN"
                        + " (SELECT there.document, there.order_number FROM trade_shipment here"
                        + " JOIN trade_shipment there ON there.name = here.name AND there.seller = here.seller"
                        + " AND there.buyer = here.buyer WHERE here.document = ? AND NOT here.sent AND there.sent)"
                        + " ORDER BY order_number, document")
                .param(receipt)
                .query((ResultSet row) -> {
                    sent.computeIfAbsent(row.getString("order_number"), first -> new ArrayList<>())
                            .add(document(row.getString("content")));
                });
        return sent;
    }

    /**
     * The orders of what a receipt without an order received; of a despatch advice those that a receipt of it has to do with,
     * which change with it.
     */
    Collection<String> ordersByShipment(String document) {
        Collection<String> receipts = jdbc.sql(
                        "SELECT DISTINCT received.document FROM trade_shipment here JOIN trade_shipment received"
                                + " ON received.name = here.name AND received.seller = here.seller"
                                + " AND received.buyer = here.buyer WHERE here.document = ? AND NOT received.sent")
                .param(document)
                .query(String.class)
                .list();
        Collection<String> orders = new TreeSet<>();
        receipts.forEach(receipt -> orders.addAll(sentTo(receipt).keySet()));
        return orders;
    }

    /** Invoices under this number that name no order, and their credit notes. */
    List<TradeDocument> withoutOrder(PartyId buyer, PartyId seller, String invoice) {
        return withCredits(
                buyer,
                seller,
                jdbc
                        .sql("SELECT content FROM trade_document WHERE number = ? AND seller = ? AND buyer = ?"
                                + " AND type = 'invoice' AND order_number = ''")
                        .params(invoice, seller.value(), buyer.value())
                        .query(String.class)
                        .list()
                        .stream()
                        .map(TradeDocuments::document)
                        .toList());
    }

    private List<TradeDocument> withCredits(PartyId buyer, PartyId seller, List<TradeDocument> documents) {
        Collection<String> invoices = new TreeSet<>();
        documents.stream()
                .filter(document -> document.type() == DocumentType.INVOICE)
                .forEach(invoice -> invoices.add(invoice.number()));
        if (invoices.isEmpty()) {
            return documents;
        }
        List<TradeDocument> all = new ArrayList<>(documents);
        jdbc.sql("SELECT content FROM trade_document WHERE invoice_number IN (:invoices) AND seller = :seller"
                        + " AND buyer = :buyer")
                .param("invoices", invoices)
                .param("seller", seller.value())
                .param("buyer", buyer.value())
                .query(String.class)
                .list()
                .forEach(content -> all.add(document(content)));
        return all;
    }

    /** Those under this number, each once however many orders it names. */
    List<TradeDocument> invoices(PartyId buyer, PartyId seller, String number) {
        Map<String, TradeDocument> byId = new TreeMap<>();
        jdbc
                .sql(
                        "SELECT content FROM trade_document WHERE number = ? AND seller = ? AND buyer = ? AND type = 'invoice'")
                .params(number, seller.value(), buyer.value())
                .query(String.class)
                .list()
                .stream()
                .map(TradeDocuments::document)
                .forEach(invoice -> byId.putIfAbsent(invoice.id(), invoice));
        return byId.values().stream().sorted(TradeDocument.AS_WRITTEN).toList();
    }

    /** The orders that invoices under this number name. */
    List<String> ordersOf(PartyId buyer, PartyId seller, String invoice) {
        return jdbc.sql("SELECT DISTINCT order_number FROM trade_document WHERE number = ? AND seller = ? AND buyer = ?"
                        + " AND type = 'invoice' ORDER BY order_number")
                .params(invoice, seller.value(), buyer.value())
                .query(String.class)
                .list();
    }

    /** Invoices that are known by this signature, with other numbers, within these days. */
    List<TradeDocument> alike(
            PartyId buyer, PartyId seller, Sha256 signature, String number, LocalDate from, LocalDate to) {
        return jdbc
                .sql(
                        "SELECT content FROM trade_document WHERE signature = ? AND seller = ? AND buyer = ? AND number <> ?"
                                + " AND issued BETWEEN ? AND ?")
                .params(signature.hex(), seller.value(), buyer.value(), number, from, to)
                .query(String.class)
                .list()
                .stream()
                .map(TradeDocuments::document)
                .sorted(TradeDocument.AS_WRITTEN)
                .toList();
    }

    /** Ids of the documents that name an order that this one names, itself among them, by receipt. */
    List<String> beside(String document, int limit) {
        List<Place> places = jdbc.sql("SELECT order_number, seller, buyer, invoice_number"
                        + " FROM trade_document WHERE document = ?")
                .param(document)
                .query((row, index) -> new Place(
                        row.getString("order_number"),
                        new PartyId(row.getString("seller")),
                        new PartyId(row.getString("buyer")),
                        row.getString("invoice_number")))
                .list();
        TreeSet<String> ids = new TreeSet<>();
        for (Place place : places) {
            List<String> orders = new ArrayList<>(List.of(place.order));
            if (place.order.equals(TradeDocument.NO_ORDER)) {
                orders.addAll(ordersByShipment(document));
            }
            if (place.invoice != null) {
                orders.addAll(ordersOf(place.buyer, place.seller, place.invoice));
            }
            for (String order : orders) {
                if (!order.equals(TradeDocument.NO_ORDER)) {
                    of(place.buyer, place.seller, order).forEach(other -> ids.add(other.id()));
                }
            }
        }
        return ids.stream().limit(limit).toList();
    }

    private record Place(
            String order,
            PartyId seller,
            PartyId buyer,
            @Nullable String invoice) {}

    private static TradeDocument document(String content) {
        return CanonicalJson.read(content.getBytes(StandardCharsets.UTF_8), TradeDocument.class);
    }
}
