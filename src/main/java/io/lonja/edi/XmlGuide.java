package io.lonja.edi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the documents of one kind hold that come as XML: the elements that are looked at, by their places. What else a
 * document holds is passed over. Immutable.
 */
public final class XmlGuide {

    private final GuideId id;
    private final List<Document> documents;

    /** @param root with the namespace of the root element; what is in it has the namespaces of UBL's components */
    record Document(String namespace, XmlUse root) {}

    /**
     * A place where an element may stand, as a mapping sees it.
     *
     * @param path of names from the document's element on, this one included
     * @param aggregate whether it holds elements; else it holds text
     */
    public record Place(List<String> path, boolean aggregate) {

        /** The element's name. */
        public String name() {
            return path.get(path.size() - 1);
        }
    }

    XmlGuide(GuideId id, List<Document> documents) {
        this.id = id;
        this.documents = List.copyOf(documents);
    }

    public GuideId id() {
        return id;
    }

    Optional<Document> document(String namespace, String name) {
        return documents.stream()
                .filter(document -> document.root().name().equals(name)
                        && document.namespace().equals(namespace))
                .findFirst();
    }

    /** The names of its document elements: {@code Invoice}. */
    Set<String> names() {
        return documents.stream()
                .map(document -> document.root().name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every place that it knows, in the order of the file. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Document document : documents) {
            for (List<XmlUse> path : document.root().paths()) {
                places.add(new Place(
                        path.stream().map(XmlUse::name).toList(),
                        path.get(path.size() - 1).aggregate()));
            }
        }
        return places;
    }
}
