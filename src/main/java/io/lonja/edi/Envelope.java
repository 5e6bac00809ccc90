package io.lonja.edi;

/**
 * Who sent an interchange, to whom, under which number: {@code ISA*00*…*000000905*0*P*>~}.
 *
 * @param controlNumber ISA13 or UNB 0020, as written: leading zeros are kept
 * @param version ISA12, {@code 00401}, or UNB S001, {@code UNOC:3}
 * @param date as written: {@code 261121}
 * @param time as written: {@code 0932}
 * @param test ISA15 = T or UNB 0035 = 1 to 4
 * @param acknowledgmentRequested ISA14 = 1 or UNB 0031 = 1 or 2
 */
public record Envelope(
        Standard standard,
        WireParty sender,
        WireParty receiver,
        String controlNumber,
        String version,
        String date,
        String time,
        boolean test,
        boolean acknowledgmentRequested) {}
