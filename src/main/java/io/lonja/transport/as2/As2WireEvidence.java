package io.lonja.transport.as2;

import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.archive.Spool;
import io.lonja.intake.Receipt;
import io.lonja.intake.WireEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a receipt that came by AS2: the message as it came, what the partner's signature is over, the
 * signature, the MDN likewise, and {@code verify.sh}, which checks all of it with OpenSSL (and gzip where
 * something was compressed). What was decrypted is in it, so nobody needs our key.
 */
record As2WireEvidence(Archive archive, Spool spool) implements WireEvidence {

    /** Entries before a receipt that can belong to it. */
    private static final int WRAPPING_MAX = 4;

    @Override
    public List<File> of(EntryId receipt) {
        Map<String, Entry> wrapping = wrapping(receipt);
        Entry received = wrapping.get(As2Evidence.RECEIVED.name());
        if (received == null) {
            return List.of();
        }
        List<File> files = new ArrayList<>();
        Map<String, String> facts = new TreeMap<>();
        files.add(new File("wire-headers.txt", headers(received), null));
        files.add(payload("wire-body.bin", received));
        signature(wrapping, archive.payload(receipt), files, facts);
        mdn(receipt, files, facts);
        StringBuilder text = new StringBuilder();
        facts.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        files.add(new File("facts.txt", text.toString().getBytes(StandardCharsets.US_ASCII), null));
        files.add(new File("verify.sh", script(), null));
        return files;
    }

    private Map<String, Entry> wrapping(EntryId receipt) {
        Map<String, Entry> wrapping = new TreeMap<>();
        List<String> types = List.of(
                As2Evidence.RECEIVED.name(),
                As2Evidence.SIGNATURE.name(),
                As2Evidence.SIGNER.name(),
                As2Evidence.SIGNED_CONTENT.name());
        for (long back = 1; back <= WRAPPING_MAX && receipt.sequence() > back; back++) {
            Entry entry = archive.entry(new EntryId(receipt.sequence() - back));
            String type = entry.type().name();
            if (!types.contains(type) || wrapping.putIfAbsent(type, entry) != null) {
                break;
            }
            if (type.equals(As2Evidence.RECEIVED.name())) {
                return wrapping;
            }
        }
        return Map.of();
    }

    private void signature(Map<String, Entry> wrapping, byte[] document, List<File> files, Map<String, String> facts) {
        Entry signature = wrapping.get(As2Evidence.SIGNATURE.name());
        Entry content = wrapping.get(As2Evidence.SIGNED_CONTENT.name());
        if (signature == null || content == null) {
            facts.put("signature", "none");
            return;
        }
        facts.put("signature", "kept");
        files.add(payload("signature.p7s", signature));
        signer(signature, wrapping.get(As2Evidence.SIGNER.name()))
                .ifPresent(certificate -> files.add(new File("signer.pem", pem(certificate), null)));
        byte[] kept = archive.payload(content.id());
        String at = content.attributes().get(As2Evidence.PAYLOAD_AT);
        if (at == null) {
            facts.put("payload", "encoded");
            facts.putAll(encoded(kept));
            files.add(payload("signed-content.bin", content));
            return;
        }
        facts.put("payload", "within");
        facts.put("payload-at", at);
        int before = Integer.parseInt(at);
        byte[] whole = new byte[kept.length + document.length];
        System.arraycopy(kept, 0, whole, 0, before);
        System.arraycopy(document, 0, whole, before, document.length);
        System.arraycopy(kept, before, whole, before + document.length, kept.length - before);
        files.add(new File("signed-content.bin", whole, null));
        files.add(payload("signed-content-frame.bin", content));
    }

    /** Where in the signed entity the document lies, under which encodings: what {@code verify.sh} takes off again. */
    private Map<String, String> encoded(byte[] content) {
        Map<String, String> where = new TreeMap<>();
        try (Workspace workspace = new Workspace(spool)) {
            MimeEntity entity = MimeEntity.parse(Bytes.of(content));
            if (entity.contentType().filter(HeaderValue::isCms).isPresent()) {
                lies(entity, entity.whole(), "compressed", where);
                Ber info = Ber.over(entity.content(workspace)).enter(Ber.SEQUENCE);
                info.objectIdentifier();
                entity = MimeEntity.parse(
                        Compression.expand(info.enterTagged(0).enter(Ber.SEQUENCE), Integer.MAX_VALUE, workspace));
            }
            MimeEntity document = Attachments.root(entity, workspace);
            lies(document, entity.whole(), "document", where);
            return where;
        } catch (Refusal | IOException e) {
            throw new IllegalStateException("What was accepted is an entity: " + e.getMessage(), e);
        }
    }

    private static void lies(MimeEntity entity, Bytes within, String name, Map<String, String> where) {
        Bytes body = entity.body();
        where.put(name + "-at", String.valueOf(body.from() - within.from()));
        where.put(name + "-length", String.valueOf(body.length()));
        where.put(
                name + "-encoding",
                entity.headers()
                        .first("Content-Transfer-Encoding")
                        .map(encoding -> HeaderValue.parse(encoding).value())
                        .filter(encoding -> encoding.equals("base64") || encoding.equals("quoted-printable"))
                        .orElse("binary"));
    }

    private Optional<X509Certificate> signer(Entry signature, @Nullable Entry certificate) {
        String fingerprint = signature.attributes().get(As2Evidence.SIGNER_FINGERPRINT);
        List<X509Certificate> candidates = certificate == null
                ? SignedParts.certificates(archive.payload(signature.id()))
                : List.of(SignedParts.certificate(archive.payload(certificate.id())));
        return candidates.stream()
                .filter(each -> Sha256.of(der(each)).hex().equals(fingerprint))
                .findFirst();
    }

    private void mdn(EntryId receipt, List<File> files, Map<String, String> facts) {
        EntryId next = new EntryId(receipt.sequence() + 1);
        if (next.sequence() > archive.size()) {
            facts.put("mdn", "none");
            return;
        }
        Entry mdn = archive.entry(next);
        String about = archive.entry(receipt).attributes().get(Receipt.MESSAGE_ID);
        if (!mdn.type().equals(As2Evidence.MDN_SENT)
                || !Objects.equals(about, mdn.attributes().get(As2Evidence.ORIGINAL_MESSAGE_ID))) {
            facts.put("mdn", "none");
            return;
        }
        byte[] body = archive.payload(next);
        files.add(new File("mdn-headers.txt", headers(mdn), null));
        files.add(payload("mdn-body.bin", mdn));
        MimeHeaders headers =
                MimeHeaders.of("Content-Type", String.valueOf(mdn.attributes().get("content-type")));
        try (Workspace workspace = Workspace.inMemory()) {
            MimeEntity entity = MimeEntity.ofHttp(headers, Bytes.of(body));
            boolean signed = entity.contentType()
                    .filter(type -> type.value().equals("multipart/signed"))
                    .isPresent();
            facts.put("mdn", signed ? "signed" : "unsigned");
            if (signed) {
                List<Bytes> parts = Multipart.split(entity, 2).parts();
                byte[] cms = MimeEntity.parse(parts.get(1)).content(workspace).toArray();
                facts.put("mdn-at", String.valueOf(parts.get(0).from()));
                facts.put("mdn-length", String.valueOf(parts.get(0).length()));
                files.add(new File("mdn-signed-content.bin", parts.get(0).toArray(), null));
                files.add(new File("mdn-signature.p7s", cms, null));
                SignedParts.signer(cms)
                        .ifPresent(certificate -> files.add(new File("hub.pem", pem(certificate), null)));
            }
            facts.put("mdn-report", signed ? "mdn-signed-content.bin" : "mdn-body.bin");
            micDigest(body).ifPresent(digest -> facts.put("mic-digest", digest.historic()));
        } catch (Refusal refusal) {
            throw new IllegalStateException("The MDN in entry %s is ours".formatted(next), refusal);
        }
    }

    private static Optional<Digest> micDigest(byte[] mdn) {
        return new String(mdn, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("Received-Content-MIC: "))
                .findFirst()
                .flatMap(line -> Mic.parse(line.substring(line.indexOf(':') + 1)))
                .flatMap(mic -> Digest.named(mic.name()));
    }

    private File payload(String name, Entry entry) {
        return new File(name, archive.payload(entry.id()), entry.id());
    }

    private static byte[] headers(Entry entry) {
        StringBuilder text = new StringBuilder();
        for (String name : As2Evidence.HEADERS) {
            String value = entry.attributes().get(name);
            if (value != null) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pem(X509Certificate certificate) {
        return KeyFiles.pem("CERTIFICATE", der(certificate));
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    private static byte[] script() {
        try (InputStream script = As2WireEvidence.class.getResourceAsStream("/evidence/verify.sh")) {
            if (script == null) {
                throw new IllegalStateException("The jar lacks evidence/verify.sh");
            }
            return script.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read evidence/verify.sh", e);
        }
    }
}
