package io.lonja.edi;

/**
 * Whether fuzzing also asks those who share no code with the reader, {@code -Dlonja.fuzz.second-look}: they find what is
 * wrong with either of both, so whoever asks them has to see which it is.
 */
final class SecondLook {

    static final boolean ASKED = Boolean.getBoolean("lonja.fuzz.second-look");

    private SecondLook() {}

    static void at(byte[] payload, Reading reading) {
        if (ASKED) {
            FaithfulReading.everyByteIsKept(payload, reading);
        }
    }
}
