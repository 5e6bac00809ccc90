package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a partner answered, its signature checked over the very bytes. */
final class MdnReader {

    private static final int PARTS_MAX = 8;

    private MdnReader() {}

    /** What came of reading. */
    sealed interface Reading {

        /** @param signer whose certificate the signature was made with, or null for an unsigned MDN */
        record Read(Mdn mdn, @Nullable X509Certificate signer) implements Reading {}

        /** @param because the sentence for our people */
        record Unusable(String because) implements Reading {}
    }

    /** Whether a request is an MDN, signed or not, and no message. */
    static boolean recognises(MimeHeaders headers, byte[] body) {
        try {
            MimeEntity entity = MimeEntity.ofHttp(headers, Bytes.of(body));
            if (type(entity).equals("multipart/signed")) {
                entity = MimeEntity.parse(Multipart.split(entity, 2).parts().get(0));
            }
            return type(entity).equals("multipart/report")
                    && entity.contentType()
                            .flatMap(value -> value.parameter("report-type"))
                            .filter("disposition-notification"::equalsIgnoreCase)
                            .isPresent();
        } catch (Refusal noSuchEntity) {
            return false;
        }
    }

    /** As {@link #read(MimeHeaders, byte[], List, Set)}, with nothing weak allowed. */
    static Reading read(MimeHeaders headers, byte[] body, List<X509Certificate> signers) {
        return read(headers, body, signers, Set.of());
    }

    /**
     * @param signers certificates of the partner whose signatures count at this moment
     * @param allowed what is taken of the partner although it is weak
     */
    static Reading read(MimeHeaders headers, byte[] body, List<X509Certificate> signers, Set<Legacy> allowed) {
        try (Workspace workspace = Workspace.inMemory()) {
            MimeEntity entity = MimeEntity.ofHttp(headers, Bytes.of(body));
            X509Certificate signer = null;
            if (type(entity).equals("multipart/signed")) {
                Multipart multipart = Multipart.split(entity, 2);
                signer = SignatureCheck.verify(multipart.parts(), signers, allowed, workspace)
                        .signer();
                entity = MimeEntity.parse(multipart.parts().get(0));
            }
            if (!type(entity).equals("multipart/report")) {
                return new Reading.Unusable("The answer is no MDN");
            }
            for (Bytes part : Multipart.split(entity, PARTS_MAX).parts()) {
                MimeEntity each = MimeEntity.parse(part);
                if (type(each).equals("message/disposition-notification")) {
                    return notification(each, signer, workspace);
                }
            }
            return new Reading.Unusable("The report has no disposition notification");
        } catch (Refusal refusal) {
            return new Reading.Unusable(refusal.because());
        }
    }

    private static Reading notification(MimeEntity part, @Nullable X509Certificate signer, Workspace workspace)
            throws Refusal {
        // The fields end with the part, an empty line behind them is usual but not asked for.
        byte[] fields = new MimeText()
                .raw(part.content(workspace).toArray())
                .line("")
                .line("")
                .toBytes();
        MimeHeaders notification = MimeHeaders.parse(Bytes.of(fields)).headers();
        Optional<String> disposition = notification
                .first("Disposition")
                .map(value -> value.substring(value.indexOf(';') + 1).strip());
        if (disposition.isEmpty()) {
            return new Reading.Unusable("The disposition notification has no disposition");
        }
        return new Reading.Read(
                new Mdn(
                        notification.first("Original-Message-ID").orElse(null),
                        disposition.get(),
                        notification
                                .first("Received-Content-MIC")
                                .flatMap(Mic::parse)
                                .orElse(null)),
                signer);
    }

    private static String type(MimeEntity entity) {
        return entity.contentType().map(HeaderValue::value).orElse("");
    }
}
