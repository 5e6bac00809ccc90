package io.lonja.cli.demo;

import io.lonja.cli.demo.DemoInterchange.Partner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The profiles of the demo's partners. They come with the program and live in the demo's data folder only. */
public final class DemoPartners {

    private DemoPartners() {}

    /** Writes one folder per partner, as an integration engineer would. */
    public static void writeTo(Path partners) {
        for (Partner partner : Partner.values()) {
            String profile = "/demo/partners/%s/partner.yaml".formatted(partner.id);
            try (InputStream text = DemoPartners.class.getResourceAsStream(profile)) {
                if (text == null) {
                    throw new IllegalStateException("The program lacks " + profile);
                }
                Files.copy(
                        text,
                        Files.createDirectories(partners.resolve(partner.id)).resolve("partner.yaml"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the profile of " + partner.id, e);
            }
        }
    }
}
