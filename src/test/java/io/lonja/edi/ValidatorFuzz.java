package io.lonja.edi;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Whatever the bytes are, the guides judge them, and what is found can be told. */
public final class ValidatorFuzz {

    private ValidatorFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        SecondLook.at(data, EdiFixture.PARSER.parse(data));
        Inspection inspection = Inspection.of("fuzz", data, EdiFixture.PARSER);
        EdiFixture.json(inspection);
        EdiFixture.report(inspection);
        inspection.tree(EdiFixture.GUIDES, new PrintWriter(new StringWriter()));
    }
}
