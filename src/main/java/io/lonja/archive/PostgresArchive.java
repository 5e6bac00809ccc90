package io.lonja.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The archive in PostgreSQL, for several nodes. A group of appends is one transaction that holds the lock of the head
 * row, so that there is one sequence without gaps; what is committed is durable ({@code synchronous_commit} is set).
 * Headers and the Merkle tree are the same bytes as in the segment files.
 */
public final class PostgresArchive implements Archive {

    private static final int PART_BYTES = 1 << 20;
    private static final int ENTRIES_AT_ONCE_MAX = 10_000;

    private final DataSource database;
    private final Clock clock;
    private final GroupCommit commits;

    private PostgresArchive(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.commits = new GroupCommit("archive", this::commit);
    }

    /** Over a database that has the tables of {@code db/migration/postgresql}. Opens no connection yet. */
    public static PostgresArchive over(DataSource database, Clock clock) {
        return new PostgresArchive(database, clock);
    }

    @Override
    public List<Entry> append(List<Draft> drafts) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        return commits.append(drafts.stream().map(GroupCommit.Prepared::of).toList());
    }

    private List<List<Entry>> commit(List<GroupCommit.Batch> group) throws SQLException, IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<List<Entry>> entries = commit(connection, group);
                connection.commit();
                return entries;
            } catch (SQLException | IOException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private List<List<Entry>> commit(Connection connection, List<GroupCommit.Batch> group)
            throws SQLException, IOException {
        try (Statement durable = connection.createStatement()) {
            durable.execute("SET LOCAL synchronous_commit = on");
        }
        Head head = head(connection, "SELECT size, arrived_at, edge FROM archive_head WHERE one = 1 FOR UPDATE");
        Frontier frontier = Frontier.of(head.size, head.edge);
        long sequence = head.size;
        Instant arrivedAt = EntryHeader.instant(head.arrivedAt);
        List<List<Entry>> entries = new ArrayList<>(group.size());
        try (PreparedStatement header =
                        connection.prepareStatement("INSERT INTO archive_entry (sequence, header) VALUES (?, ?)");
                PreparedStatement part = connection.prepareStatement(
                        "INSERT INTO archive_payload (sequence, part, bytes) VALUES (?, ?, ?)");
                PreparedStatement node = connection.prepareStatement(
                        "INSERT INTO archive_node (level, position, hash) VALUES (?, ?, ?)")) {
            List<Node> completed = new ArrayList<>();
            for (GroupCommit.Batch batch : group) {
                Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                arrivedAt = now.isBefore(arrivedAt) ? arrivedAt : now;
                List<Entry> ofBatch = new ArrayList<>(batch.drafts().size());
                for (GroupCommit.Prepared prepared : batch.drafts()) {
                    Entry entry = prepared.entry(++sequence, arrivedAt);
                    byte[] leaf = entry.headerBytes();
                    header.setLong(1, sequence);
                    header.setBytes(2, leaf);
                    header.addBatch();
                    frontier.add(
                            MerkleTree.leaf(leaf),
                            (level, position, hash) -> completed.add(new Node(level, position, hash)));
                    ofBatch.add(entry);
                }
                entries.add(ofBatch);
            }
            header.executeBatch();
            insertPayloads(part, group, head.size);
            for (Node each : completed) {
                node.setInt(1, each.level);
                node.setLong(2, each.position);
                node.setBytes(3, each.hash);
                node.addBatch();
            }
            node.executeBatch();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE archive_head SET size = ?, arrived_at = ?, edge = ? WHERE one = 1")) {
            update.setLong(1, sequence);
            update.setLong(2, EntryHeader.micros(arrivedAt));
            update.setBytes(3, frontier.bytes());
            update.executeUpdate();
        }
        return entries;
    }

    /** Sends at most a few megabytes in one go, so that the driver does not hold every payload twice. */
    private static void insertPayloads(PreparedStatement part, List<GroupCommit.Batch> group, long sizeBefore)
            throws SQLException, IOException {
        long sequence = sizeBefore;
        long unsent = 0;
        for (GroupCommit.Batch batch : group) {
            for (GroupCommit.Prepared prepared : batch.drafts()) {
                sequence++;
                try (InputStream payload = prepared.draft().payload().open()) {
                    int number = 0;
                    for (byte[] bytes = payload.readNBytes(PART_BYTES);
                            bytes.length > 0;
                            bytes = payload.readNBytes(PART_BYTES)) {
                        part.setLong(1, sequence);
                        part.setInt(2, number++);
                        part.setBytes(3, bytes);
                        part.addBatch();
                        unsent += bytes.length;
                        if (unsent >= 4L * PART_BYTES) {
                            part.executeBatch();
                            unsent = 0;
                        }
                    }
                }
            }
        }
        part.executeBatch();
    }

    @Override
    public long size() {
        return head().size;
    }

    @Override
    public TreeHead treeHead() {
        Head head = head();
        return Frontier.of(head.size, head.edge).head();
    }

    @Override
    public TreeHead treeHead(long size) {
        checkTreeSize(size);
        return query(connection -> MerkleTree.head(size, nodes(connection)));
    }

    @Override
    public Entry entry(EntryId id) {
        return query(connection -> entry(connection, id));
    }

    private Entry entry(Connection connection, EntryId id) throws SQLException {
        byte[] header = bytes(connection, "SELECT header FROM archive_entry WHERE sequence = ?", id.sequence());
        if (header == null) {
            throw new IllegalArgumentException(
                    "There is no entry %s in the archive; the last one is %d".formatted(id, head().size));
        }
        return decoded(id.sequence(), header);
    }

    @Override
    public List<Entry> entriesAfter(long sequence, int limit) {
        return query(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT sequence, header FROM archive_entry WHERE sequence > ? ORDER BY sequence LIMIT ?")) {
                select.setLong(1, sequence);
                select.setInt(2, Math.min(limit, ENTRIES_AT_ONCE_MAX));
                List<Entry> entries = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        entries.add(decoded(rows.getLong(1), rows.getBytes(2)));
                    }
                }
                return entries;
            }
        });
    }

    private static Entry decoded(long sequence, byte[] header) {
        try {
            Entry entry = Entry.fromHeaderBytes(header);
            if (entry.id().sequence() == sequence) {
                return entry;
            }
        } catch (IllegalArgumentException notAHeader) {
            throw new ArchiveDamagedException("The header of entry %d in table archive_entry was changed: %s"
                    .formatted(sequence, notAHeader.getMessage()));
        }
        throw new ArchiveDamagedException(
                "The header of entry %d in table archive_entry is that of another entry".formatted(sequence));
    }

    @Override
    public byte[] payload(EntryId id) {
        return query(connection -> {
            Entry entry = entry(connection, id);
            ByteArrayOutputStream payload = new ByteArrayOutputStream((int) entry.payloadLength());
            try {
                parts(connection, id, payload);
            } catch (IOException e) {
                throw new IllegalStateException("Memory was written", e);
            }
            byte[] bytes = payload.toByteArray();
            if (!Sha256.of(bytes).equals(entry.payloadDigest())) {
                throw damaged(id);
            }
            return bytes;
        });
    }

    @Override
    public Spool.Spooled payload(EntryId id, Spool spool) {
        return query(connection -> {
            Entry entry = entry(connection, id);
            // Only inside a transaction the driver fetches a few parts at a time.
            connection.setAutoCommit(false);
            try (Spool.Sink sink = spool.begin()) {
                parts(connection, id, sink);
                connection.commit();
                Spool.Spooled payload = sink.finish();
                if (!payload.payload().digest().equals(entry.payloadDigest())) {
                    payload.close();
                    throw damaged(id);
                }
                return payload;
            } catch (IOException e) {
                throw new ArchiveUnavailableException(
                        "The payload of entry %s could not be spooled: %s".formatted(id, e.getMessage()), e);
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    private static void parts(Connection connection, EntryId id, OutputStream out) throws SQLException, IOException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT bytes FROM archive_payload WHERE sequence = ? ORDER BY part")) {
            select.setLong(1, id.sequence());
            select.setFetchSize(4);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    out.write(rows.getBytes(1));
                }
            }
        }
    }

    private static ArchiveDamagedException damaged(EntryId id) {
        return new ArchiveDamagedException(
                "The payload of entry %s in table archive_payload does not have the digest of its header"
                        .formatted(id));
    }

    @Override
    public InclusionProof inclusionProof(EntryId id, long treeSize) {
        checkTreeSize(treeSize);
        return query(connection -> new InclusionProof(
                id, treeSize, MerkleTree.inclusionPath(id.sequence() - 1, treeSize, nodes(connection))));
    }

    @Override
    public ConsistencyProof consistencyProof(long olderSize, long newerSize) {
        checkTreeSize(newerSize);
        return query(connection -> new ConsistencyProof(
                olderSize, newerSize, MerkleTree.consistencyPath(olderSize, newerSize, nodes(connection))));
    }

    private void checkTreeSize(long treeSize) {
        long size = size();
        if (treeSize < 0 || treeSize > size) {
            throw new IllegalArgumentException("The archive has %d entries, not %d".formatted(size, treeSize));
        }
    }

    private static MerkleTree.Nodes nodes(Connection connection) {
        return (level, position) -> {
            try {
                byte[] hash = bytes(
                        connection, "SELECT hash FROM archive_node WHERE level = ? AND position = ?", level, position);
                if (hash == null) {
                    throw new ArchiveDamagedException(
                            "Table archive_node lacks node %d of level %d".formatted(position, level));
                }
                return hash;
            } catch (SQLException e) {
                throw unavailable(e);
            }
        };
    }

    /** Ends what this node still appends; the database stays open. */
    @Override
    public void close() {
        commits.close();
    }

    private record Head(long size, long arrivedAt, byte[] edge) {}

    private record Node(int level, long position, byte[] hash) {}

    private Head head() {
        return query(connection -> head(connection, "SELECT size, arrived_at, edge FROM archive_head WHERE one = 1"));
    }

    private static Head head(Connection connection, String sql) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            if (!row.next()) {
                throw new ArchiveDamagedException("Table archive_head lost its row; bring it back from the backup");
            }
            return new Head(row.getLong(1), row.getLong(2), row.getBytes(3));
        }
    }

    private static byte @Nullable [] bytes(Connection connection, String sql, long... keys) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < keys.length; i++) {
                select.setLong(i + 1, keys[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    private interface Query<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** A connection of its own, so that what is read is what is committed, whatever the caller's transaction did. */
    private <T> T query(Query<T> query) {
        try (Connection connection = database.getConnection()) {
            return query.ask(connection);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static ArchiveUnavailableException unavailable(SQLException e) {
        return new ArchiveUnavailableException("The database of the archive does not answer: " + e.getMessage(), e);
    }
}
