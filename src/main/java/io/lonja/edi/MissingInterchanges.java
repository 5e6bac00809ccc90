package io.lonja.edi;

import io.lonja.alarm.Alarms;
import io.lonja.edi.InterchangeRead.Decided;
import io.lonja.edi.InterchangeRead.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Watches the control numbers of partners that count their interchanges upwards by one, for each pair of names by itself:
 * a gap is one alarm that names what is missing, and ends when all of it came.
 *
 * <p>A number below the highest that is no longer missing changes nothing: it came late from before the watch, or again.
 * Far below, or near 1 when the highest is near the end of its digits, the counter began again.
 */
final class MissingInterchanges {

    /** How far below the highest a number still counts as late. */
    static final long LATE_MAX = 1_000;

    /** How near the end of its digits, and how near 1, a counter has begun again. */
    static final long TURN_MAX = 100;

    private static final int DIGITS_MAX = 14;
    private static final int TURNING_DIGITS_MIN = 3;

    private final JdbcClient jdbc;
    private final Alarms alarms;

    MissingInterchanges(JdbcClient jdbc, Alarms alarms) {
        this.jdbc = jdbc;
        this.alarms = alarms;
    }

    /** Of the interchanges of one receipt, in wire order. */
    void came(InterchangeRead read, Instant at) {
        for (Decided interchange : read.interchanges()) {
            if (interchange.standard() == Standard.UBL
                    || !Wire.digits(interchange.controlNumber(), 1, DIGITS_MAX)
                    || underAnothersName(interchange)) {
                continue;
            }
            String lane = InterchangeIndex.lane(interchange.standard(), interchange.sender(), interchange.receiver());
            if (!read.sequential()) {
                forget(lane, at);
                continue;
            }
            long number = Long.parseLong(interchange.controlNumber());
            if (interchange.decision() != Decision.DUPLICATE && !filled(lane, number, at)) {
                counted(read, interchange, lane, number, at);
            }
        }
    }

    /** The number is of whoever bears the name. */
    private static boolean underAnothersName(Decided interchange) {
        return interchange.faults().stream()
                .anyMatch(fault -> fault.code().equals(ErrorCode.SENDER_NOT_AGREED.wireName()));
    }

    private void counted(InterchangeRead read, Decided interchange, String lane, long number, Instant at) {
        Long highest = jdbc.sql("SELECT highest FROM interchange_sequence WHERE lane = ?")
                .param(lane)
                .query(Long.class)
                .optional()
                .orElse(null);
        if (highest == null) {
            jdbc.sql("INSERT INTO interchange_sequence (lane, highest) VALUES (?, ?)")
                    .params(lane, number)
                    .update();
            return;
        }
        List<Range> missing = new ArrayList<>();
        if (number > highest) {
            missing.add(new Range(highest + 1, number - 1));
        } else if (interchange.decision() == Decision.CONFLICT || !beganAgain(highest, number)) {
            return;
        } else {
            if (turned(highest, number)) {
                missing.add(new Range(highest + 1, last(highest)));
            }
            if (number <= TURN_MAX) {
                missing.add(new Range(1, number - 1));
            }
        }
        jdbc.sql("UPDATE interchange_sequence SET highest = ? WHERE lane = ?")
                .params(number, lane)
                .update();
        missing.removeIf(Range::empty);
        if (!missing.isEmpty()) {
            open(read, interchange, lane, highest, missing, at);
        }
    }

    private static boolean beganAgain(long highest, long number) {
        return highest - number > LATE_MAX || turned(highest, number);
    }

    /** {@code 999999998}, then {@code 2}. */
    private static boolean turned(long highest, long number) {
        return number <= TURN_MAX
                && number < highest
                && Long.toString(highest).length() >= TURNING_DIGITS_MIN
                && last(highest) - highest <= TURN_MAX;
    }

    /** The last number that has as many digits. */
    private static long last(long number) {
        long end = 10;
        while (end <= number) {
            end *= 10;
        }
        return end - 1;
    }

    private void open(
            InterchangeRead read, Decided interchange, String lane, long highest, List<Range> missing, Instant at) {
        String cause = "interchange-gap:%s:%d:%d".formatted(read.partner(), read.receipt(), interchange.ordinal());
        missing.forEach(range -> insert(lane, cause, range));
        alarms.open(
                cause,
                "%s counts its interchanges from %s to %s by one, but after %d came %s in receipt %d: %s never came. Ask %s to send what is missing; the alarm ends when it came."
                        .formatted(
                                read.partner(),
                                interchange.sender(),
                                interchange.receiver(),
                                highest,
                                interchange.controlNumber(),
                                read.receipt(),
                                missing.stream().map(Range::toString).collect(Collectors.joining(", ")),
                                read.partner()),
                at);
    }

    /** Whether the number was missing; it is not any more. Counters that began again may miss it twice. */
    private boolean filled(String lane, long number, Instant at) {
        List<Gap> found = jdbc.sql("""
                        SELECT cause, number_from, number_to FROM interchange_gap
                        WHERE lane = ? AND number_from <= ? AND number_to >= ? ORDER BY cause
                        """)
                .params(lane, number, number)
                .query((row, each) -> new Gap(
                        row.getString("cause"), new Range(row.getLong("number_from"), row.getLong("number_to"))))
                .list();
        for (Gap gap : found) {
            jdbc.sql("DELETE FROM interchange_gap WHERE lane = ? AND cause = ? AND number_from = ?")
                    .params(lane, gap.cause(), gap.range().from())
                    .update();
            insert(lane, gap.cause(), new Range(gap.range().from(), number - 1));
            insert(lane, gap.cause(), new Range(number + 1, gap.range().to()));
            if (closed(gap.cause())) {
                alarms.close(gap.cause(), at);
            }
        }
        return !found.isEmpty();
    }

    private boolean closed(String cause) {
        return jdbc.sql("SELECT COUNT(*) FROM interchange_gap WHERE cause = ?")
                        .param(cause)
                        .query(Long.class)
                        .single()
                == 0;
    }

    private void insert(String lane, String cause, Range range) {
        if (!range.empty()) {
            jdbc.sql("INSERT INTO interchange_gap (lane, cause, number_from, number_to) VALUES (?, ?, ?, ?)")
                    .params(lane, cause, range.from(), range.to())
                    .update();
        }
    }

    /** It is not agreed any more that they are counted. */
    private void forget(String lane, Instant at) {
        int rows = jdbc.sql("DELETE FROM interchange_sequence WHERE lane = ?")
                .param(lane)
                .update();
        if (rows > 0) {
            jdbc.sql("SELECT DISTINCT cause FROM interchange_gap WHERE lane = ? ORDER BY cause")
                    .param(lane)
                    .query(String.class)
                    .list()
                    .forEach(cause -> alarms.close(cause, at));
            jdbc.sql("DELETE FROM interchange_gap WHERE lane = ?").param(lane).update();
        }
    }

    private record Gap(String cause, Range range) {}

    /** Both included. */
    private record Range(long from, long to) {

        boolean empty() {
            return from > to;
        }

        /** {@code 7}, {@code 7 and 8}, {@code 7 to 12}. */
        @Override
        public String toString() {
            return from == to ? Long.toString(from) : from + (from + 1 == to ? " and " : " to ") + to;
        }
    }
}
