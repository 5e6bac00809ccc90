package io.lonja.portal.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests send. */
final class Orders {

    private static final String FAULTY =
            "ISA*00*          *00*          *ZZ*CASALUCIA      *ZZ*LONJA          *261121*0932*U*00401*%09d*0*P*>~"
                    + "GS*PO*CASALUCIA*LONJA*20261121*0932*1*X*004010~ST*850*0001~SE*2*0001~GE*1*1~IEA*1*%09d~";

    private Orders() {}

    /** Of Casa Lucía: an interchange whose one order says too little, under this control number. */
    static byte[] faulty(int controlNumber) {
        return FAULTY.formatted(controlNumber, controlNumber).getBytes(StandardCharsets.US_ASCII);
    }

    /** Hotel Miramar orders from Valle Foods for 199.50 EUR. */
    static byte[] order() throws IOException {
        return sample("x12-850-order.edi");
    }

    /** Valle Foods invoices that order. */
    static byte[] invoice() throws IOException {
        return sample("x12-810-invoice.edi");
    }

    private static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/acceptance", name));
    }
}
