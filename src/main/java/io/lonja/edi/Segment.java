package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment as it stood on the wire: {@code PO1*1*10*CA*12.50**VN*A-100~}.
 *
 * @param id the segment tag, upper case; of an element of XML its path, {@code Invoice/IssueDate}, see {@link XmlReader}
 * @param position counted from 1 at the transaction set header (ST, UNH), as acknowledgments count
 * @param bytes from the first byte of the tag to the one after the terminator, in the payload
 * @param elements the data elements after the tag, in order; empty elements are kept
 */
public record Segment(String id, int position, ByteRange bytes, List<Element> elements) implements Node {

    /** A data element: its repetitions, each a list of components. Characters are exactly the ones on the wire. */
    public record Element(List<List<String>> repetitions) {

        /** The component (counted from 1) of the first repetition; empty when it is absent. */
        public String component(int component) {
            if (repetitions.isEmpty() || repetitions.get(0).size() < component) {
                return "";
            }
            return repetitions.get(0).get(component - 1);
        }

        public boolean isEmpty() {
            return repetitions.stream()
                    .allMatch(components -> components.stream().allMatch(String::isEmpty));
        }
    }

    /**
     * The id, or of an element of XML, whose id is a path, the last name in it: {@code IssueDate}. Empty for the segment that
     * only says where an element with elements in it stands.
     */
    public String name() {
        int slash = id.lastIndexOf('/');
        return elements.isEmpty() && slash >= 0 ? "" : id.substring(slash + 1);
    }

    /** The component in a repetition of an element, all counted from 1; null when it is absent or empty. */
    public @Nullable String text(int element, int repetition, int component) {
        if (elements instanceof WireElements wire) {
            return wire.component(element - 1, repetition - 1, component - 1);
        }
        if (elements.size() < element || elements.get(element - 1).repetitions().size() < repetition) {
            return null;
        }
        List<String> components = elements.get(element - 1).repetitions().get(repetition - 1);
        return components.size() < component || components.get(component - 1).isEmpty()
                ? null
                : components.get(component - 1);
    }

    /** The element (counted from 1), first component; empty when it is absent. */
    public String element(int element) {
        return component(element, 1);
    }

    /** The component of an element (both counted from 1); empty when it is absent. */
    public String component(int element, int component) {
        return elements.size() < element ? "" : elements.get(element - 1).component(component);
    }
}
