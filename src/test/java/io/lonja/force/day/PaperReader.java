package io.lonja.force.day;

import io.lonja.force.day.Paper.Row;
import io.lonja.force.day.Wire.Message;
import io.lonja.force.day.Wire.Segment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what the hub wrote to a partner, by what the standards say and nothing of the hub. */
abstract class PaperReader {

    Kind kind = Kind.ORDER;
    String number = "";
    LocalDate date = LocalDate.EPOCH;
    String buyer = "";
    String seller = "";
    String order = "";
    String answer = "";
    String about = "";
    final List<String> shipments = new ArrayList<>();
    String sscc = "";

    @Nullable
    BigDecimal total;

    final List<RowRead> rows = new ArrayList<>();
    final List<PaidRead> paid = new ArrayList<>();

    /** A document that is paid, while it is read. */
    static final class PaidRead {
        Kind kind = Kind.INVOICE;
        String number = "";
        LocalDate date = LocalDate.EPOCH;
        BigDecimal due = BigDecimal.ZERO;
        BigDecimal amount = BigDecimal.ZERO;
        BigDecimal discount = BigDecimal.ZERO;

        Paper.Paid whole() {
            Paper.Paid whole = new Paper.Paid(kind, number, date, due.abs(), discount);
            if (whole.paid().compareTo(amount.abs()) != 0) {
                throw new AssertionError("%s is paid by %s of %s less %s".formatted(number, amount, due, discount));
            }
            return whole;
        }
    }

    /** A line while it is read. */
    static final class RowRead {
        String number = "";
        String order = "";
        final SortedMap<String, String> items = new TreeMap<>();
        final SortedMap<String, String> instead = new TreeMap<>();
        String unit = "";
        final SortedMap<String, BigDecimal> quantities = new TreeMap<>();

        @Nullable
        BigDecimal price;

        @Nullable
        LocalDate delivery;

        String action = "";

        void add(String meaning, String quantity) {
            quantities.merge(meaning, new BigDecimal(quantity), BigDecimal::add);
        }

        BigDecimal quantity(String meaning) {
            return quantities.getOrDefault(meaning, BigDecimal.ZERO);
        }
    }

    static Paper paper(Message message) {
        PaperReader reader = message.version().isEmpty() ? new X12Reader() : new EdifactReader();
        message.segments().forEach(segment -> reader.read(message.type(), segment));
        reader.end();
        return reader.paper();
    }

    abstract void read(String type, Segment segment);

    /** When all is read. */
    abstract void end();

    PaidRead paid() {
        return paid.get(paid.size() - 1);
    }

    RowRead row() {
        return rows.get(rows.size() - 1);
    }

    /** What was received and not refused is accepted, where nothing else is said. */
    void accept() {
        if (kind == Kind.RECEIPT) {
            rows.forEach(row -> row.quantities.putIfAbsent(
                    "accepted", row.quantity("received").subtract(row.quantity(Paper.REFUSED))));
        }
    }

    RowRead next(String rowNumber) {
        RowRead row = new RowRead();
        row.number = rowNumber;
        rows.add(row);
        return row;
    }

    static LocalDate day(String text) {
        return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    }

    static <T> T named(Map<String, T> names, String code) {
        T name = names.get(code);
        if (name == null) {
            throw new AssertionError("Nobody agreed on the code " + code);
        }
        return name;
    }

    private Paper paper() {
        return new Paper(
                kind,
                number,
                date,
                buyer,
                seller,
                order,
                answer,
                about,
                List.copyOf(shipments),
                sscc,
                rows.stream()
                        .map(row -> new Row(
                                row.number,
                                row.order.isEmpty() ? order : row.order,
                                row.items,
                                row.instead,
                                row.unit,
                                row.quantities,
                                row.price,
                                row.delivery,
                                row.action))
                        .toList(),
                paid.stream().map(PaidRead::whole).toList(),
                total == null ? null : Paper.plain(total));
    }
}
