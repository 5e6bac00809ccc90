package io.lonja.transport.as2;

import java.util.Optional;

/**
 * Headers and a body where they lie in the bytes that came.
 *
 * @param whole headers and body: what a signature or a MIC covers; for the message itself only its body
 * @param body as it came, its transfer encoding on it
 */
record MimeEntity(Bytes whole, MimeHeaders headers, Bytes body) {

    /** The message: its headers are those of HTTP. */
    static MimeEntity ofHttp(MimeHeaders headers, Bytes body) {
        return new MimeEntity(body, headers, body);
    }

    static MimeEntity parse(Bytes whole) throws Refusal {
        MimeHeaders.Parsed parsed = MimeHeaders.parse(whole);
        return new MimeEntity(whole, parsed.headers(), whole.between(parsed.bodyFrom(), whole.until()));
    }

    Optional<HeaderValue> contentType() {
        return headers.first("Content-Type").map(HeaderValue::parse);
    }

    /** The body without its transfer encoding. */
    Bytes content(Workspace workspace) throws Refusal {
        return TransferEncoding.decode(
                headers.first("Content-Transfer-Encoding").orElse(""), body, workspace);
    }
}
