package io.lonja.commission;

import io.lonja.archive.ByteRange;
import io.lonja.archive.Sha256;
import io.lonja.document.BusinessDocument;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a verifier reads raw interchanges again; whoever knows EDI and its mapping implements it. */
public interface WireReader {

    /**
     * The documents of the accepted transaction sets, in wire order. Never throws for what a sender could have
     * written; what is no EDI holds no documents.
     *
     * @param guides a folder like {@code schemas/}
     * @param defaultCurrency of documents that name none; null when unknown
     * @throws IllegalArgumentException when the guides cannot be used
     */
    List<Found> read(byte[] payload, Path guides, @Nullable Currency defaultCurrency);

    /**
     * A document on the wire.
     *
     * @param document null when the set does not say enough to make one
     */
    record Found(
            ByteRange bytes,
            String guide,
            Sha256 guideDigest,
            Sha256 mappingDigest,
            @Nullable BusinessDocument document) {}
}
