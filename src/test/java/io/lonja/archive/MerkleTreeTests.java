package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MerkleTreeTests {

    /** The inputs and roots that Certificate Transparency implementations test RFC 6962 with. */
    private static final List<String> KNOWN_LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> KNOWN_ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final int ENTRIES = 70;

    @Test
    void growsToTheKnownRootsOfCertificateTransparency() {
        Tree tree = new Tree();
        assertThat(tree.frontier.head().root().hex()).isEqualTo(KNOWN_ROOTS.get(0));
        for (int i = 0; i < KNOWN_LEAVES.size(); i++) {
            tree.add(HexFormat.of().parseHex(KNOWN_LEAVES.get(i)));
            assertThat(tree.frontier.head().root().hex()).isEqualTo(KNOWN_ROOTS.get(i + 1));
        }
        for (int size = 0; size <= KNOWN_LEAVES.size(); size++) {
            assertThat(MerkleTree.head(size, tree).root().hex()).isEqualTo(KNOWN_ROOTS.get(size));
        }
    }

    @Test
    void givesTheKnownPathsOfCertificateTransparency() {
        Tree tree = new Tree();
        KNOWN_LEAVES.forEach(leaf -> tree.add(HexFormat.of().parseHex(leaf)));

        assertThat(MerkleTree.inclusionPath(5, 8, tree))
                .extracting(Sha256::hex)
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(MerkleTree.consistencyPath(6, 8, tree))
                .extracting(Sha256::hex)
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Test
    void agreesWithTheDefinitionForEverySmallTree() {
        Tree tree = new Tree();
        List<byte[]> leaves = new ArrayList<>();
        for (int size = 0; size <= ENTRIES; size++) {
            Sha256 defined = definition(leaves);
            assertThat(tree.frontier.head()).isEqualTo(new TreeHead(size, defined));
            assertThat(Frontier.of(size, tree.frontier.bytes()).head().root()).isEqualTo(defined);
            byte[] leaf = {(byte) size, 7};
            leaves.add(leaf);
            tree.add(leaf);
        }
    }

    @Test
    void provesEveryEntryOfEverySmallTreeAndNothingElse() {
        Tree tree = new Tree();
        List<Entry> entries = entries(tree);
        for (int size = 1; size <= ENTRIES; size++) {
            TreeHead head = MerkleTree.head(size, tree);
            for (Entry entry : entries.subList(0, size)) {
                InclusionProof proof = new InclusionProof(
                        entry.id(), size, MerkleTree.inclusionPath(entry.id().sequence() - 1, size, tree));
                assertThat(proof.leadsTo(head, entry)).isTrue();
                Entry other = entries.get((int) (entry.id().sequence() % ENTRIES));
                assertThat(proof.leadsTo(head, other)).isFalse();
                assertThat(proof.leadsTo(head, changed(entry))).isFalse();
                assertThat(proof.leadsTo(new TreeHead(size + 1, head.root()), entry))
                        .isFalse();
                assertThat(new InclusionProof(entry.id(), size, longer(proof.path())).leadsTo(head, entry))
                        .isFalse();
            }
        }
    }

    @Test
    void provesThatEverySmallTreeIsTheBeginningOfEveryLaterOne() {
        Tree tree = new Tree();
        entries(tree);
        for (int newer = 0; newer <= ENTRIES; newer++) {
            TreeHead newerHead = MerkleTree.head(newer, tree);
            for (int older = 0; older <= newer; older++) {
                TreeHead olderHead = MerkleTree.head(older, tree);
                ConsistencyProof proof =
                        new ConsistencyProof(older, newer, MerkleTree.consistencyPath(older, newer, tree));
                assertThat(proof.holds(olderHead, newerHead)).isTrue();
                TreeHead rewritten = new TreeHead(older, Sha256.of(new byte[] {1}));
                assertThat(proof.holds(rewritten, newerHead)).isFalse();
                if (older > 0) {
                    assertThat(proof.holds(olderHead, new TreeHead(newer, Sha256.of(new byte[] {2}))))
                            .isFalse();
                    assertThat(new ConsistencyProof(older, newer, longer(proof.path())).holds(olderHead, newerHead))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void refusesToProveWhatIsNotThere() {
        Tree tree = new Tree();
        tree.add(new byte[0]);

        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.inclusionPath(1, 1, tree));
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.consistencyPath(2, 1, tree));
    }

    /** {@code MTH} exactly as section 2.1 writes it. */
    private static Sha256 definition(List<byte[]> leaves) {
        int n = leaves.size();
        if (n == 0) {
            return Sha256.of();
        }
        if (n == 1) {
            return Sha256.of(new byte[] {0}, leaves.get(0));
        }
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return Sha256.of(
                new byte[] {1},
                definition(leaves.subList(0, k)).bytes(),
                definition(leaves.subList(k, n)).bytes());
    }

    private static List<Entry> entries(Tree tree) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= ENTRIES; i++) {
            Entry entry = new Entry(
                    new EntryId(i),
                    EntryType.fact("note"),
                    Instant.ofEpochSecond(i),
                    new TreeMap<>(Map.of("n", "" + i)),
                    Sha256.of(new byte[] {(byte) i}),
                    1);
            entries.add(entry);
            tree.add(entry.headerBytes());
        }
        return entries;
    }

    private static Entry changed(Entry entry) {
        return new Entry(
                entry.id(),
                entry.type(),
                entry.arrivedAt().plusNanos(1_000),
                entry.attributes(),
                entry.payloadDigest(),
                entry.payloadLength());
    }

    private static List<Sha256> longer(List<Sha256> path) {
        List<Sha256> longer = new ArrayList<>(path);
        longer.add(Sha256.of());
        return longer;
    }

    /** Keeps every complete subtree. */
    private static final class Tree implements MerkleTree.Nodes {

        final Frontier frontier = new Frontier();
        private final Map<String, byte[]> complete = new TreeMap<>();

        void add(byte[] leaf) {
            frontier.add(MerkleTree.leaf(leaf), (level, index, hash) -> complete.put(level + "/" + index, hash));
        }

        @Override
        public byte[] node(int level, long index) {
            byte[] hash = complete.get(level + "/" + index);
            if (hash == null) {
                throw new AssertionError("No complete subtree " + level + "/" + index);
            }
            return hash;
        }
    }
}
