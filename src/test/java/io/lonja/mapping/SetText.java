package io.lonja.mapping;

import io.lonja.edi.FunctionalGroup;
import io.lonja.edi.Guides;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.TransactionSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Puts the segments of one transaction set into an interchange and reads it. */
final class SetText {

    static final InterchangeParser PARSER = InterchangeParser.with(Guides.load(Path.of("schemas")));

    /** ST01 by the first segment. */
    private static final Map<String, String> TYPES =
            Map.of("BQT", "840", "BQR", "843", "BEG", "850", "BAK", "855", "BIG", "810", "BSN", "856");

    private static final Map<String, String> GROUPS =
            Map.of("840", "RQ", "843", "RR", "850", "PO", "855", "PR", "810", "IN", "856", "SH");

    private SetText() {}

    /** Segments from BEG, BIG, BAK, BSN, BQT or BQR on, each ended by {@code ~}; line ends between them are ignored. */
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
                """.formatted(GROUPS.get(type), type, body, count);
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
