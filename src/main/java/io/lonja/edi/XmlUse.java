package io.lonja.edi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An element where a guide for XML lets it stand.
 *
 * @param name without prefix: {@code IssueDate}
 * @param title what the guide calls it: {@code BT-2, issue date}; may be empty
 * @param min how often it has to be there, 0 or 1
 * @param max how often it may be there
 * @param type of its text
 * @param lengthMax of its text, in characters
 * @param codes those that its text may be; empty where any will do
 * @param attribute that its text is not complete without, {@code unitCode}; empty where there is none
 * @param children in the order of the schema; empty for an element with text
 */
record XmlUse(
        String name,
        String title,
        int min,
        int max,
        Type type,
        int lengthMax,
        Set<String> codes,
        String attribute,
        List<XmlUse> children) {

    /** What the text of an element is (XML Schema part 2). */
    enum Type {
        TEXT,
        /** {@code 2026-11-21}, perhaps with a time zone. */
        DATE,
        DECIMAL,
        /** A decimal number in the currency of the document. */
        AMOUNT,
        /** A decimal number in whatever currency it says. */
        FOREIGN_AMOUNT,
        BOOLEAN
    }

    boolean aggregate() {
        return !children.isEmpty();
    }

    /** Where in the order of the children the one of this name stands; -1 where the guide does not know it. */
    int indexOf(String child) {
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i).name().equals(child)) {
                return i;
            }
        }
        return -1;
    }

    /** All paths of names from this element to those in it, itself included, each outermost first. */
    List<List<XmlUse>> paths() {
        List<List<XmlUse>> found = new ArrayList<>();
        found.add(List.of(this));
        for (XmlUse child : children) {
            for (List<XmlUse> inner : child.paths()) {
                List<XmlUse> path = new ArrayList<>(List.of(this));
                path.addAll(inner);
                found.add(path);
            }
        }
        return found;
    }
}
