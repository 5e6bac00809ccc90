package io.lonja.document;

/**
 * The last digit of GS1's numbers (GTIN, SSCC, GLN), which checks the others: from the right, every second one counts
 * three times, and all come to a multiple of ten (GS1 General Specifications, 7.9).
 */
public final class CheckDigit {

    private CheckDigit() {}

    /** Whether the last digit is the right one; false for what has anything but digits. */
    public static boolean fits(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            char digit = number.charAt(number.length() - 1 - i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            sum += (digit - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return !number.isEmpty() && sum % 10 == 0;
    }
}
