package io.lonja.partner;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.lonja.party.CodeKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the folder {@code codes} of one partner: tables with a header line and commas (RFC 4180), and everything that is wrong
 * with them.
 *
 * <pre>
 * ours,theirs,from,until
 * gtin:8412345000013,supplier-item:A-100,,
 * gtin:8412345000020,supplier-item:A-200,2026-01-01,2026-12-31
 * </pre>
 */
final class CodeTableReader {

    static final String FOLDER = "codes";
    static final String HEADER = "ours,theirs,from,until";

    private static final String END = ".csv";
    private static final int BYTES_MAX = 2_000_000;
    static final int ROWS_MAX = 20_000;
    private static final int CODE_CHARACTERS_MAX = 80;
    private static final int FAULTS_MAX = 100;
    private static final List<String> COLUMNS = List.of("ours", "theirs", "from", "until");
    private static final String SCHEMED = "[a-z][a-z0-9-]*:.+";
    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

    private final Path file;
    private final CodeKind kind;
    private final List<Fault> faults;
    private final List<Located> rows = new ArrayList<>();

    private CodeTableReader(Path file, CodeKind kind) {
        this.file = file;
        this.kind = kind;
        this.faults = new ArrayList<>();
    }

    private record Located(int line, CodeRow row) {}

    /**
     * The tables of this partner's folder; those with faults hold what is right in them.
     *
     * @param faults grows by at most {@value #FAULTS_MAX} for each file
     */
    static SortedMap<CodeKind, List<CodeRow>> read(Path partner, List<Fault> faults) {
        SortedMap<CodeKind, List<CodeRow>> tables = new TreeMap<>();
        for (Path file : files(partner.resolve(FOLDER), faults)) {
            String name = String.valueOf(file.getFileName());
            Optional<CodeKind> kind = name.endsWith(END)
                    ? CodeKind.named(name.substring(0, name.length() - END.length()))
                    : Optional.empty();
            if (kind.isEmpty()) {
                faults.add(new Fault(
                        file,
                        1,
                        "There is no kind of codes `%s`; here belong items.csv, parties.csv, units.csv, taxes.csv."
                                .formatted(name)));
                continue;
            }
            CodeTableReader reader = new CodeTableReader(file, kind.get());
            reader.read();
            tables.put(
                    kind.get(),
                    reader.rows.stream()
                            .map(Located::row)
                            .sorted(Comparator.comparing(CodeRow::ours).thenComparing(CodeRow::begins))
                            .toList());
            reader.faults.stream()
                    .sorted(Comparator.comparingInt(Fault::line))
                    .limit(FAULTS_MAX)
                    .forEach(faults::add);
        }
        return tables;
    }

    private static List<Path> files(Path folder, List<Fault> faults) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            faults.add(new Fault(folder, 1, "The folder cannot be read: %s.".formatted(e.getMessage())));
            return List.of();
        }
    }

    private void read() {
        try {
            if (Files.size(file) > BYTES_MAX) {
                fault(1, "The file is larger than %,d bytes.".formatted(BYTES_MAX));
                return;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            table(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            fault(1, "The file is not UTF-8 text; save it as CSV UTF-8.");
        } catch (JacksonException e) {
            fault(line(e.getLocation()), "This is not CSV: %s.".formatted(e.getOriginalMessage()));
        } catch (IOException e) {
            fault(1, "The file cannot be read: %s.".formatted(e.getMessage()));
        }
        refuseDoubled("ours", CodeRow::ours);
        refuseDoubled("theirs", CodeRow::theirs);
    }

    private void table(String text) throws IOException {
        try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(text)) {
            List<String> header = List.of();
            while (lines.hasNextValue()) {
                int line = line(lines.getCurrentLocation()); // Behind a row the parser is on the next one already.
                String[] values = lines.nextValue();
                if (values.length == 0 || values.length == 1 && values[0].isBlank()) {
                    continue;
                }
                if (header.isEmpty()) {
                    header = List.of(values);
                    if (!checked(header, line)) {
                        return;
                    }
                } else if (rows.size() == ROWS_MAX) {
                    fault(line, "A table has at most %,d rows.".formatted(ROWS_MAX));
                    return;
                } else {
                    row(header, values, line);
                }
            }
            if (header.isEmpty()) {
                fault(1, "The file is empty; it begins with the line %s.".formatted(HEADER));
            }
        }
    }

    private boolean checked(List<String> header, int line) {
        int before = faults.size();
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            if (!COLUMNS.contains(column)) {
                fault(
                        line,
                        "Unknown column `%s`; the file begins with the line %s, with commas between."
                                .formatted(column, HEADER));
            } else if (header.indexOf(column) < i) {
                fault(line, "The column `%s` stands here twice.".formatted(column));
            }
        }
        if (faults.size() == before) {
            for (String column : COLUMNS.subList(0, 2)) {
                if (!header.contains(column)) {
                    fault(
                            line,
                            "The column `%s` is missing; the file begins with the line %s.".formatted(column, HEADER));
                }
            }
        }
        return faults.size() == before;
    }

    private void row(List<String> header, String[] values, int line) {
        if (values.length != header.size()) {
            fault(
                    line,
                    "The row has %d values, but the header %d; a value with a comma stands in quotes."
                            .formatted(values.length, header.size()));
            return;
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(header.get(i), values[i]);
        }
        int before = faults.size();
        String ours = code("ours", row, line);
        String theirs = code("theirs", row, line);
        LocalDate from = day("from", row, line);
        LocalDate until = day("until", row, line);
        if (from != null && until != null && from.isAfter(until)) {
            fault(line, "`from` %s is after `until` %s.".formatted(from, until));
        }
        if (faults.size() == before) {
            rows.add(new Located(line, new CodeRow(ours, theirs, from, until)));
        }
    }

    private String code(String column, Map<String, String> row, int line) {
        String code = row.getOrDefault(column, "");
        if (code.isBlank()) {
            fault(line, "The code under `%s` is empty.".formatted(column));
        } else if (!code.equals(code.strip()) || code.chars().anyMatch(Character::isISOControl)) {
            fault(
                    line,
                    "`%s` under `%s` has blanks around it or a line break in it."
                            .formatted(code.strip().replaceAll("\\p{Cntrl}", " "), column));
        } else if (code.length() > CODE_CHARACTERS_MAX) {
            fault(line, "The code under `%s` has more than %d characters.".formatted(column, CODE_CHARACTERS_MAX));
        } else if (kind.hasScheme() && !code.matches(SCHEMED)) {
            fault(
                    line,
                    "`%s` under `%s` does not say whose code it is; write %s."
                            .formatted(
                                    code,
                                    column,
                                    kind == CodeKind.ITEMS
                                            ? "gtin:…, buyer-item:… or supplier-item:…"
                                            : "gln:…, duns:… or assigned-by-buyer:…"));
        }
        return code;
    }

    private @Nullable LocalDate day(String column, Map<String, String> row, int line) {
        String day = row.getOrDefault(column, "");
        if (day.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            fault(line, "`%s` under `%s` is no day; write it like 2026-01-31.".formatted(day, column));
            return null;
        }
    }

    /** One code means one thing on one day. Both lines are told by the later one. */
    private void refuseDoubled(String column, Function<CodeRow, String> code) {
        Map<String, Located> furthest = new HashMap<>();
        rows.stream()
                .sorted(Comparator.comparing((Located each) -> each.row().begins())
                        .thenComparingInt(Located::line))
                .forEach(each -> {
                    Located other = furthest.get(code.apply(each.row()));
                    if (other != null
                            && !each.row().begins().isAfter(other.row().ends())) {
                        fault(
                                Math.max(each.line(), other.line()),
                                "`%s` stands under `%s` in line %d as well, for some of the same days."
                                        .formatted(
                                                code.apply(each.row()), column, Math.min(each.line(), other.line())));
                    }
                    if (other == null || each.row().ends().isAfter(other.row().ends())) {
                        furthest.put(code.apply(each.row()), each);
                    }
                });
    }

    private static int line(@Nullable JsonLocation location) {
        return location == null ? 1 : Math.max(1, location.getLineNr());
    }

    private void fault(int line, String sentence) {
        faults.add(new Fault(file, line, sentence));
    }
}
