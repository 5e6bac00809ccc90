package io.lonja.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;

/** What a source says of how many lines it has and how much they are for, compared with what there is. */
record Counts(Fields source, Problems problems) {

    /**
     * @param lines whose quantities, where they have one, are numbers
     * @param stated gets what the source says, as written
     */
    void compare(List<Fields> lines, SortedMap<String, String> stated) {
        Integer count = problems.count(source, "lineCount", source.place("countsAt"));
        if (count != null) {
            stated.put("line-count", source.text("lineCount"));
            if (count != lines.size()) {
                problems.differs(
                        "line-count-differs",
                        source.place("countsAt"),
                        count.toString(),
                        Integer.toString(lines.size()),
                        "%s says that there are %s lines, but there are %s; ask the sender whether some are missing.");
            }
        }
        BigDecimal hash = problems.decimal(source, "quantityHash", source.place("countsAt"));
        if (hash != null) {
            stated.put("quantity-hash", source.text("quantityHash"));
            BigDecimal quantities = lines.stream()
                    .filter(line -> line.has("quantity"))
                    .map(line -> new BigDecimal(line.text("quantity")))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            if (hash.abs().compareTo(quantities.abs()) != 0) {
                problems.differs(
                        "quantity-hash-differs",
                        source.place("countsAt"),
                        hash.toPlainString(),
                        quantities.toPlainString(),
                        "%s says that the quantities add up to %s, but they come to %s; ask the sender to correct and resend it.");
            }
        }
    }
}
