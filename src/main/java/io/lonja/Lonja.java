package io.lonja;

import io.lonja.cli.CommandLineDoor;
import io.lonja.transport.HttpsEndpoint;
import io.lonja.transport.SftpEndpoint;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;

/** The hub's one process and its command line: {@code java -jar lonja.jar [command]}. */
@SpringBootApplication
public class Lonja {

    static {
        // Names, numbers and sentences are the same on every machine; what a person reads is written for all.
        Locale.setDefault(Locale.ROOT);
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
        int exitCode = new CommandLineDoor(new Process()).run(arguments);
        if (exitCode != CommandLineDoor.RUNNING) {
            System.exit(exitCode);
        }
    }

    private static final class Process implements CommandLineDoor.Hub {

        @Override
        public CommandLineDoor.Address start(String... settings) {
            ConfigurableApplicationContext hub = new SpringApplication(Lonja.class).run(settings);
            HttpsEndpoint https = hub.getBean(HttpsEndpoint.class);
            SftpEndpoint sftp = hub.getBean(SftpEndpoint.class);
            return new CommandLineDoor.Address(
                    URI.create("https://localhost:" + https.port()),
                    https.fingerprint(),
                    sftp.port(),
                    sftp.fingerprint());
        }

        @Override
        public CommandLineDoor.Parts open(String... settings) {
            SpringApplication application = new SpringApplication(Lonja.class);
            application.addInitializers(context -> context.getBeanFactory()
                    .registerSingleton(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, new NothingStarts()));
            ConfigurableApplicationContext context = application.run(settings);
            return new CommandLineDoor.Parts() {
                @Override
                public <T> T get(Class<T> type) {
                    return context.getBean(type);
                }

                @Override
                public void close() {
                    context.close();
                }
            };
        }
    }

    /** Leaves web server, routes and timers as they are made: at rest. */
    private static final class NothingStarts implements LifecycleProcessor {

        @Override
        public void onRefresh() {}

        @Override
        public void onClose() {}

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
