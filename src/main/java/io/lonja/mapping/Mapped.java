package io.lonja.mapping;

import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.party.CodeKind;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction set says as a business document.
 *
 * @param type of the document, or what the guide is for where the document does not say enough
 * @param content absent when the set does not say enough to make a document of it; there are problems then
 * @param problems in the order of the document, at most {@value Problems#PROBLEMS_MAX}; none when it may be booked
 * @param codes of the wire that stand otherwise in the content, and how, by the sender's tables
 */
public record Mapped(
        DocumentType type,
        @Nullable BusinessDocument content,
        List<MappingProblem> problems,
        SortedMap<CodeKind, SortedMap<String, String>> codes) {

    /** With all codes as on the wire. */
    Mapped(DocumentType type, @Nullable BusinessDocument content, List<MappingProblem> problems) {
        this(type, content, problems, Collections.emptySortedMap());
    }
}
