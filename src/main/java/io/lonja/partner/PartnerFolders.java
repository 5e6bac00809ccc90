package io.lonja.partner;

import io.lonja.party.Identity;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code partners/}: every profile that is right, and everything that is wrong, in one go. */
public final class PartnerFolders {

    private static final String TEMPLATE = "_template";
    private static final int PARTNERS_MAX = 10_000;

    private final List<Path> roots;
    private final ProfileReader reader;

    /**
     * @param roots folders with one folder per partner; those that do not exist count as empty
     * @param schemas where the guides are
     * @param home the hub's data folder, for files named {@code home:…}; null where it is not at hand, then they are not
     *     looked at
     */
    public PartnerFolders(List<Path> roots, Path schemas, @Nullable Path home) {
        this(roots, schemas, home, null);
    }

    /** @param today a channel without any certificate that is valid on it is a fault too; null where only the form counts */
    public PartnerFolders(List<Path> roots, Path schemas, @Nullable Path home, @Nullable LocalDate today) {
        this.roots = List.copyOf(roots);
        this.reader = new ProfileReader(new ProfileSchema(), schemas, home, today);
    }

    /** All faults of all folders, in the order of folders and lines; empty when every profile can go live. */
    public List<Fault> faults() {
        return read().stream()
                .flatMap(folder -> folder.faults().stream())
                .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
                .toList();
    }

    /** The client id that the partner's credentials shall bear; empty when there is no such partner without faults. */
    public Optional<String> httpsClient(PartyId partner) {
        return read().stream()
                .filter(folder -> folder.name().equals(partner.value()))
                .flatMap(folder -> Stream.ofNullable(folder.profile()))
                .map(PartnerProfile::httpsClient)
                .findFirst();
    }

    /** The AS2 certificates of the partners without faults, by partner, in the order of names and profiles. */
    public SortedMap<String, List<PartnerCertificate>> certificates() {
        SortedMap<String, List<PartnerCertificate>> certificates = new TreeMap<>();
        for (Folder folder : read()) {
            if (folder.profile() != null && folder.profile().as2() != null) {
                certificates.put(folder.name(), folder.profile().as2().certificates());
            }
        }
        return certificates;
    }

    /** Partners without faults whom the hub asks for asynchronous MDNs; in the order of their names. */
    public List<PartyId> askedForAsynchronousMdns() {
        return read().stream()
                .filter(folder -> folder.profile() != null && folder.profile().asksForAsynchronousMdns())
                .map(folder -> new PartyId(folder.name()))
                .toList();
    }

    /**
     * One partner's folder.
     *
     * @param profile null when anything is wrong with it
     */
    record Folder(String name, @Nullable PartnerProfile profile, List<Fault> faults) {}

    /** In order of names. */
    List<Folder> read() {
        List<ProfileReader.Read> profiles = new ArrayList<>();
        for (Path folder : folders()) {
            profiles.add(reader.read(folder));
        }
        refuseSharedNames(profiles);
        refuseSharedIdentities(profiles);
        return profiles.stream()
                .map(read -> new Folder(read.name(), read.faults().isEmpty() ? read.profile() : null, read.faults()))
                .toList();
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (Path root : roots) {
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (Stream<Path> inside = Files.list(root)) {
                inside.filter(Files::isDirectory)
                        .filter(folder -> !folder.getFileName().toString().equals(TEMPLATE))
                        .filter(folder -> !folder.getFileName().toString().startsWith("."))
                        .forEach(folders::add);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot list the partners in " + root, e);
            }
        }
        if (folders.size() > PARTNERS_MAX) {
            throw new IllegalStateException(
                    "%d partner folders are more than the %d the hub takes".formatted(folders.size(), PARTNERS_MAX));
        }
        folders.sort(Comparator.comparing(folder -> folder.getFileName().toString()));
        return folders;
    }

    private static void refuseSharedNames(List<ProfileReader.Read> profiles) {
        Map<String, ProfileReader.Read> byName = new HashMap<>();
        for (ProfileReader.Read read : profiles) {
            ProfileReader.Read first = byName.putIfAbsent(read.name(), read);
            if (first != null) {
                read.fault(1, "A partner `%s` stands in %s as well.".formatted(read.name(), first.file()));
            }
        }
    }

    /** Both are told, because nobody can know from here which of the two is wrong. */
    private static void refuseSharedIdentities(List<ProfileReader.Read> profiles) {
        Map<Identity, ProfileReader.Read> bearers = new HashMap<>();
        for (ProfileReader.Read read : profiles) {
            for (Map.Entry<Identity, Integer> borne : read.identities().entrySet()) {
                ProfileReader.Read first = bearers.putIfAbsent(borne.getKey(), read);
                if (first != null) {
                    String sentence = "`%s` is also borne by %s:%d; no two partners may share an identity.";
                    int firstLine = first.identities().getOrDefault(borne.getKey(), 1);
                    read.fault(borne.getValue(), sentence.formatted(borne.getKey(), shown(first), firstLine));
                    first.fault(firstLine, sentence.formatted(borne.getKey(), shown(read), borne.getValue()));
                }
            }
        }
    }

    private static String shown(ProfileReader.Read read) {
        return read.name() + "/" + read.file().getFileName();
    }
}
