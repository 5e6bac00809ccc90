package io.lonja.intake;

import io.lonja.archive.EntryId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel has about how a receipt came and was answered, in files for whoever checks it without the hub. */
public interface WireEvidence {

    /** In the order a person reads them; empty when the receipt came by another channel. */
    List<File> of(EntryId receipt);

    /**
     * One file.
     *
     * @param name without folders
     * @param entry whose payload the content is; null for what was taken out of entries or put together from them
     */
    record File(String name, byte[] content, @Nullable EntryId entry) {}
}
