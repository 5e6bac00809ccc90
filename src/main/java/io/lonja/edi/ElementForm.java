package io.lonja.edi;

import io.lonja.edi.Guide.ElementType;

/** How the bytes of one value look: as a number, a date, a time (X12.6, data element types; ISO 9735, numeric values). */
final class ElementForm {

    private ElementForm() {}

    /**
     * How many digits a number has; -1 when it is none. Sign and decimal mark do not count.
     *
     * @param fraction whether it may have a decimal mark
     * @param mark the decimal mark; 0 for point or comma
     */
    static int digits(byte[] data, int from, int to, boolean fraction, char mark) {
        int i = data[from] == '-' ? from + 1 : from;
        int digits = 0;
        boolean marked = false;
        for (; i < to; i++) {
            byte b = data[i];
            if (b >= '0' && b <= '9') {
                digits++;
            } else if (fraction && !marked && (mark == 0 ? b == '.' || b == ',' : b == mark)) {
                marked = true;
            } else {
                return -1;
            }
        }
        return digits == 0 ? -1 : digits;
    }

    /** Whether this is a day of the calendar, as {@code CCYYMMDD} or {@code YYMMDD}, of a length that the type has. */
    static boolean date(byte[] data, int from, int to, ElementType type) {
        int length = to - from;
        if (length != 8 && length != 6 || length < type.minLength() || length > type.maxLength()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return false;
            }
        }
        int year = length == 8 ? number(data, from, 4) : 2000 + number(data, from, 2);
        int month = number(data, to - 4, 2);
        int day = number(data, to - 2, 2);
        return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
    }

    private static int daysIn(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Whether this is a time of day: {@code HHMM}, {@code HHMMSS}, or with tenths or hundredths of a second. */
    static boolean time(byte[] data, int from, int to) {
        int length = to - from;
        if (length != 4 && (length < 6 || length > 8)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return false;
            }
        }
        return number(data, from, 2) < 24
                && number(data, from + 2, 2) < 60
                && (length == 4 || number(data, from + 4, 2) < 60);
    }

    private static int number(byte[] data, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + data[i] - '0';
        }
        return value;
    }

    static boolean blank(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] != ' ') {
                return false;
            }
        }
        return true;
    }
}
