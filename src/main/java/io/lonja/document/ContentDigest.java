package io.lonja.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Sha256;

/** By what two transmissions of one document are known to say the same. */
final class ContentDigest {

    private static final ObjectMapper JSON = CanonicalJson.mapper();

    private ContentDigest() {}

    static Sha256 of(BusinessDocument document) {
        JsonNode tree = JSON.valueToTree(document);
        tree.findParents("wire").forEach(parent -> ((ObjectNode) parent).remove("wire"));
        return Sha256.of(CanonicalJson.of(tree));
    }
}
