package io.lonja.cli;

import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Folders of partners. */
@Command(name = "partner", description = "Makes a partner's folder.", synopsisSubcommandLabel = "COMMAND")
class PartnerCommand extends Group {

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Command(name = "new", description = "Copies partners/_template to partners/ID.")
    int create(
            @Mixin Help help,
            @Mixin Folders folders,
            @Parameters(paramLabel = "ID", description = "The partner's id: lower-case letters, digits, hyphens.")
                    String id)
            throws IOException {
        PartyId partner = partyId(id);
        Path template = folders.config().resolve("partners/_template");
        Path folder = folders.config().resolve("partners").resolve(partner.value());
        if (!Files.isDirectory(template)) {
            throw new RefusedException("There is no template at %s; name the folder that holds partners/ by --config."
                    .formatted(template));
        }
        if (Files.exists(folder)) {
            throw new RefusedException("%s is there already.".formatted(folder));
        }
        copy(template, folder);
        PrintWriter out = out();
        out.println("Made %s. Fill in %s, then run `lint`; a running hub takes it up by itself."
                .formatted(folder, folder.resolve("partner.yaml")));
        return 0;
    }

    private static PartyId partyId(String id) {
        try {
            return new PartyId(id);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> inside = Files.walk(from)) {
            all = inside.toList();
        }
        for (Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path)));
        }
    }
}
