package io.lonja.force.day;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Writes papers as a partner's own software would: it shares nothing with the hub. */
interface Pen {

    /** One interchange to the hub with these, all of one kind. */
    String interchange(long control, Kind kind, List<Paper> papers);

    /** An interchange that says of each of these that it was accepted. */
    String accepts(long control, List<Wire.Interchange> read);

    static Pen of(Firm firm) {
        return firm.syntax().isX12() ? new X12Pen(firm) : new EdifactPen(firm);
    }

    static String compact(LocalDate date) {
        return date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    static String figure(BigDecimal figure) {
        return Paper.plain(figure).toPlainString();
    }

    /** Units by their names in X12. */
    Map<String, String> X12_UNITS = Map.of("case", "CA", "piece", "EA", "kilo", "KG");

    /** Units by their names in EDIFACT. */
    Map<String, String> EDIFACT_UNITS = Map.of("case", "CS", "piece", "PCE", "kilo", "KGM");
}
