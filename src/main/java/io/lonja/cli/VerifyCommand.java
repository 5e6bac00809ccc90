package io.lonja.cli;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Sha256;
import io.lonja.commission.StatementVerifier;
import io.lonja.commission.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a statement's bundle without a hub, from the bytes that were sent to the last figure. */
@Command(
        name = "verify",
        description =
                "Checks an exported statement offline: digests, signature, proofs, and every figure from the bytes"
                        + " on the wire.")
class VerifyCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Parameters(paramLabel = "BUNDLE.zip", description = "What GET /commissions/statements/{id}/bundle gave.")
    @SuppressWarnings("NullAway.Init")
    private Path bundle;

    @Option(
            names = "--mine",
            paramLabel = "DIR",
            description =
                    "The files I sent: a document of the stated months that is missing in the bundle is a finding; one that"
                            + " is held is named with its reason.")
    private @Nullable Path mine;

    @Option(
            names = "--key",
            paramLabel = "FINGERPRINT",
            description = "SHA-256 of the key that the hub signs with, as its operator gave it to you: another key is a"
                    + " finding.")
    private @Nullable String key;

    @Option(names = "--json", description = "One JSON object with checked, notProved and findings.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(bundle)) {
            throw new RefusedException("%s is not a file.".formatted(bundle));
        }
        if (mine != null && !Files.isDirectory(mine)) {
            throw new RefusedException("%s is not a folder.".formatted(mine));
        }
        Sha256 pinned = key == null ? null : fingerprint(key);
        Path work = Files.createTempDirectory("lonja-verify");
        try {
            Verification verification = StatementVerifier.verify(bundle, mine, pinned, work, new GuideWireReader());
            print(verification);
            return verification.holds() ? 0 : 1;
        } finally {
            remove(work);
        }
    }

    private static Sha256 fingerprint(String text) {
        String hex = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new RefusedException("A fingerprint has 64 hexadecimal digits, unlike %s.".formatted(text));
        }
        return Sha256.fromHex(hex);
    }

    private void print(Verification verification) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(
                    CanonicalJson.write(Map.of(
                            "checked", verification.checked(),
                            "notProved", verification.notProved(),
                            "findings", verification.findings())),
                    StandardCharsets.UTF_8));
            return;
        }
        verification.checked().forEach(out::println);
        verification.notProved().forEach(out::println);
        verification.findings().forEach(finding -> out.println("FINDING: " + finding));
        out.println(
                verification.holds()
                        ? "The statement holds."
                        : "The statement does not hold: %d findings."
                                .formatted(verification.findings().size()));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
