package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.document.GuideVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is another version of a guide, and what is not. */
class GuideFolderTests {

    @TempDir
    private Path schemas;

    private Path guide;

    @BeforeEach
    void oneGuide() throws IOException {
        guide = Files.createDirectories(schemas.resolve("x12-004010-850"));
        Files.writeString(guide.resolve("structure.xml"), "<schema/>");
        Files.writeString(guide.resolve("purchase-order.smooks.xml"), "<smooks/>");
        Files.writeString(guide.resolve("names.properties"), "unit.CA=case");
        Files.writeString(guide.resolve("guide.md"), "# Purchase order");
        Files.createDirectories(guide.resolve("samples"));
        Files.createDirectories(schemas.resolve("portal"));
    }

    @Test
    void keepsEveryFileButTheSamplesAndWhatEditorsLeave() throws IOException {
        Files.writeString(guide.resolve("samples/one.edi"), "ISA");
        Files.writeString(guide.resolve(".DS_Store"), "");
        Files.writeString(guide.resolve("structure.xml~"), "");
        assertThat(GuideFolder.below(schemas))
                .singleElement()
                .satisfies(it -> assertThat(it.version("test").contents().keySet())
                        .containsExactly("guide.md", "names.properties", "purchase-order.smooks.xml", "structure.xml"));
    }

    @Test
    void theStructureJudgesAndTheMappingMapsAndTheDescriptionDoesNeither() throws IOException {
        GuideVersion before = version();
        Files.writeString(guide.resolve("guide.md"), "# Purchase order, better told");
        assertThat(digests(version())).isEqualTo(digests(before));

        Files.writeString(guide.resolve("names.properties"), "unit.CA=crate");
        GuideVersion otherNames = version();
        assertThat(otherNames.guideDigest()).isEqualTo(before.guideDigest());
        assertThat(otherNames.mappingDigest()).isNotEqualTo(before.mappingDigest());

        Files.writeString(guide.resolve("structure.xml"), "<schema version='2'/>");
        assertThat(version().guideDigest()).isNotEqualTo(before.guideDigest());
        assertThat(version().mappingDigest()).isEqualTo(otherNames.mappingDigest());
    }

    @Test
    void anOverlayKeepsTheFilesOfItsBaseThatItHasNoneOfItsOwnFor() throws IOException {
        Path overlay = Files.createDirectories(schemas.resolve("x12-004010-850-acme"));
        Files.writeString(overlay.resolve("overlay.xml"), "<overlay/>");
        assertThat(overlaid().contents().keySet())
                .containsExactly("names.properties", "overlay.xml", "purchase-order.smooks.xml", "structure.xml");

        GuideVersion before = overlaid();
        Files.writeString(guide.resolve("structure.xml"), "<schema version='2'/>");
        assertThat(overlaid().guideDigest()).isNotEqualTo(before.guideDigest());
        assertThat(overlaid().mappingDigest()).isEqualTo(before.mappingDigest());

        Files.writeString(overlay.resolve("names.properties"), "unit.CA=crate");
        GuideVersion own = overlaid();
        assertThat(own.mappingDigest()).isNotEqualTo(before.mappingDigest());
        Files.writeString(guide.resolve("names.properties"), "unit.CA=carton");
        assertThat(overlaid().mappingDigest()).isEqualTo(own.mappingDigest());
    }

    /** So that an old statement verifies after either was mended. */
    @Test
    void whatWasKeptOfAnOverlayHasTheSameDigestsWhereItsBaseIsNot() throws IOException {
        Path overlay = Files.createDirectories(schemas.resolve("x12-004010-850-acme"));
        Files.writeString(overlay.resolve("overlay.xml"), "<overlay/>");
        GuideVersion kept = overlaid();
        Path bundle = schemas.resolve("bundle");
        Path folder = Files.createDirectories(bundle.resolve("x12-004010-850-acme"));
        for (Map.Entry<String, byte[]> file : kept.contents().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        assertThat(digests(GuideFolder.below(bundle).get(0).version("test"))).isEqualTo(digests(kept));
    }

    private GuideVersion overlaid() throws IOException {
        return GuideFolder.below(schemas).get(1).version("test");
    }

    private GuideVersion version() throws IOException {
        return GuideFolder.below(schemas).get(0).version("test");
    }

    private static String digests(GuideVersion version) {
        return GuideVersion.folder(version.guideDigest(), version.mappingDigest());
    }
}
