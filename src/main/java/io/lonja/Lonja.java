package io.lonja;

import io.lonja.cli.CommandLineDoor;
import io.lonja.transport.HttpsEndpoint;
import java.net.URI;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The hub's one process and its command line: {@code java -jar lonja.jar [command]}. */
@SpringBootApplication
public class Lonja {

    static {
        // Smooks, CXF and others bring XML factories that would take the JVM over, by order of the class path
        // (src/docs/decisions/0004). Who sets one of these on the command line knows better.
        Map.of(
                        "javax.xml.parsers.DocumentBuilderFactory",
                        "com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl",
                        "javax.xml.parsers.SAXParserFactory",
                        "com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl",
                        "javax.xml.transform.TransformerFactory",
                        "com.sun.org.apache.xalan.internal.xsltc.trax.TransformerFactoryImpl",
                        "javax.xml.validation.SchemaFactory:http://www.w3.org/2001/XMLSchema",
                        "com.sun.org.apache.xerces.internal.jaxp.validation.XMLSchemaFactory",
                        "javax.xml.stream.XMLInputFactory",
                        "com.ctc.wstx.stax.WstxInputFactory",
                        "javax.xml.stream.XMLOutputFactory",
                        "com.ctc.wstx.stax.WstxOutputFactory",
                        "javax.xml.stream.XMLEventFactory",
                        "com.ctc.wstx.stax.WstxEventFactory",
                        // Nothing here reads serialised Java objects, so nobody may send any.
                        "jdk.serialFilter",
                        "!*")
                .forEach((name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }

    public static void main(String[] arguments) {
        CommandLineDoor door = new CommandLineDoor(settings -> {
            HttpsEndpoint https =
                    new SpringApplication(Lonja.class).run(settings).getBean(HttpsEndpoint.class);
            return new CommandLineDoor.Address(URI.create("https://localhost:" + https.port()), https.fingerprint());
        });
        int exitCode = door.run(arguments);
        if (exitCode != CommandLineDoor.RUNNING) {
            System.exit(exitCode);
        }
    }
}
