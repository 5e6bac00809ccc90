package io.lonja.portal.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Bytes as they are in the archive; named, and never for a browser to interpret. */
final class Attachment {

    private Attachment() {}

    static Response of(byte[] bytes, String fileName) {
        return of(bytes, fileName, MediaType.APPLICATION_OCTET_STREAM);
    }

    static Response of(byte[] bytes, String fileName, String mediaType) {
        return Response.ok(bytes, mediaType)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(fileName))
                .build();
    }
}
