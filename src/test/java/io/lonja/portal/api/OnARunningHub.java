package io.lonja.portal.api;

import io.lonja.Lonja;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One hub on free ports and a fresh data folder, with the partners of the demo; shared by the tests that extend this. */
@SpringBootTest(
        classes = Lonja.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "lonja.https.port=0",
            "management.server.port=0",
            "lonja.partners.also=src/main/resources/demo/partners"
        })
@AutoConfigureObservability(tracing = false)
abstract class OnARunningHub {

    static final Path HOME = fresh();

    private static final String ORDER =
            "ISA*00*          *00*          *ZZ*CASALUCIA      *ZZ*LONJA          *261121*0932*U*00401*%09d*0*P*>~"
                    + "GS*PO*CASALUCIA*LONJA*20261121*0932*1*X*004010~ST*850*0001~SE*2*0001~GE*1*1~IEA*1*%09d~";

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) {
        settings.add("lonja.home", HOME::toString);
    }

    private static Path fresh() {
        try {
            return Files.createDirectories(Path.of("target", "running-hub"))
                    .resolve("home-" + System.nanoTime())
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An interchange whose one order says too little, under this control number. */
    static byte[] order(int controlNumber) {
        return ORDER.formatted(controlNumber, controlNumber).getBytes(StandardCharsets.US_ASCII);
    }
}
