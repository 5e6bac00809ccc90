package io.lonja.portal.api;

import io.lonja.archive.Archive;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.ConsistencyProof;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.InclusionProof;
import io.lonja.archive.Spool;
import io.lonja.archive.TreeHead;
import java.io.IOException;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Stands before the hub's archive, and refuses to append when it is told to, as a full disk makes the archive do. */
final class ArchiveWithBadDays implements BeanPostProcessor {

    private volatile boolean refusing;

    void refuse(boolean now) {
        refusing = now;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Archive archive ? new Guarded(archive) : bean;
    }

    private final class Guarded implements Archive {

        private final Archive archive;

        Guarded(Archive archive) {
            this.archive = archive;
        }

        @Override
        public List<Entry> append(List<Draft> drafts) {
            if (refusing) {
                throw new ArchiveUnavailableException("Not today", new IOException("No space left on device"));
            }
            return archive.append(drafts);
        }

        @Override
        public long size() {
            return archive.size();
        }

        @Override
        public Entry entry(EntryId id) {
            return archive.entry(id);
        }

        @Override
        public List<Entry> entriesAfter(long sequence, int limit) {
            return archive.entriesAfter(sequence, limit);
        }

        @Override
        public byte[] payload(EntryId id) {
            return archive.payload(id);
        }

        @Override
        public Spool.Spooled payload(EntryId id, Spool spool) {
            return archive.payload(id, spool);
        }

        @Override
        public TreeHead treeHead() {
            return archive.treeHead();
        }

        @Override
        public TreeHead treeHead(long size) {
            return archive.treeHead(size);
        }

        @Override
        public InclusionProof inclusionProof(EntryId id, long treeSize) {
            return archive.inclusionProof(id, treeSize);
        }

        @Override
        public ConsistencyProof consistencyProof(long olderSize, long newerSize) {
            return archive.consistencyProof(olderSize, newerSize);
        }

        @Override
        public void close() {
            archive.close();
        }
    }
}
