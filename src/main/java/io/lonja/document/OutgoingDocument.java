package io.lonja.document;

import io.lonja.party.PartyId;
import java.util.List;

/**
 * A document that we owe somebody, before it has a wire form.
 *
 * @param id derived from what made it, so that a rebuild gives the same: {@code group-order-12}; at most 64 characters
 * @param from in whose name it is sent
 * @param to whose agreement says the guide it is written in, and whose channel it leaves by
 * @param because the documents that made it due, the first one first
 */
public record OutgoingDocument(
        String id, PartyId from, PartyId to, BusinessDocument content, List<DocumentRef> because) {

    public OutgoingDocument {
        if (!id.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("Not the id of an outgoing document: " + id);
        }
        because = List.copyOf(because);
    }
}
