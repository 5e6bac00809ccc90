package io.lonja.mapping;

import io.lonja.Shipped;
import io.lonja.edi.FunctionalGroup;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.OutboundInterchange;
import io.lonja.edi.TransactionSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Puts the segments of one transaction set into an interchange and reads it. */
final class SetText {

    static final InterchangeParser PARSER = Shipped.parser();

    /** ST01 by the first segment. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("BAK", "855"),
            Map.entry("BCA", "865"),
            Map.entry("BCD", "812"),
            Map.entry("BCH", "860"),
            Map.entry("BEG", "850"),
            Map.entry("BIG", "810"),
            Map.entry("BPR", "820"),
            Map.entry("BQR", "843"),
            Map.entry("BQT", "840"),
            Map.entry("BRA", "861"),
            Map.entry("BSN", "856"));

    private SetText() {}

    /** Segments from the one that begins the set on, each ended by {@code ~}; line ends between them are ignored. */
    static TransactionSet set(String segments) {
        return sets(interchange(segments)).get(0);
    }

    static byte[] interchange(String segments) {
        String body = segments.replaceAll("~\\s+", "~").strip();
        String type = TYPES.getOrDefault(body.substring(0, 3), "810");
        long count = body.chars().filter(c -> c == '~').count() + 2;
        String text = """
                ISA*00*          *00*          *ZZ*HOTELMIRAMAR   *ZZ*VALLEFOODS     *261121*0900*U*00401*000000905*0*P*>~
                GS*%s*HOTELMIRAMAR*VALLEFOODS*20261121*0900*905*X*004010~
                ST*%s*0001~%sSE*%d*0001~
                GE*1*905~
                IEA*1*000000905~
                """.formatted(OutboundInterchange.Group.identifierOf(type), type, body, count);
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static List<TransactionSet> sets(byte[] payload) {
        return PARSER.parse(payload).interchanges().stream()
                .flatMap(interchange -> interchange.groups().stream())
                .map(FunctionalGroup::transactionSets)
                .flatMap(List::stream)
                .toList();
    }
}
