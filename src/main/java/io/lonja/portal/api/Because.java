package io.lonja.portal.api;

import io.lonja.document.DocumentRef;

/** Why a figure exists, as the API tells it: the document and its bytes in the interchange. */
record Because(String sender, String type, String number, String interchange, long from, long to) {

    static Because of(DocumentRef because) {
        return new Because(
                because.sender().value(),
                because.type().wireName(),
                because.number(),
                because.at().entry().toString(),
                because.at().bytes().from(),
                because.at().bytes().to());
    }
}
