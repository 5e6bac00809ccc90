package io.lonja.commission;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import io.lonja.archive.TreeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;

/** Signs tree heads in the hub's name: Ed25519 (RFC 8032), the key is made once in the data folder. */
class TreeHeadSigner {

    static final String ALGORITHM = "Ed25519";

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private TreeHeadSigner(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** The key pair of this data folder, made now if it has none. */
    static TreeHeadSigner in(KeySafe safe) {
        Path folder = safe.folder();
        Path secret = folder.resolve("tree-head.key");
        Path shown = folder.resolve("tree-head.pub");
        try {
            if (!Files.exists(secret) || !Files.exists(shown)) {
                KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                // The public half first: a key is complete when its secret is there.
                DataFolder.keep(shown, pair.getPublic().getEncoded());
                safe.keep(secret, pair.getPrivate());
            }
            return new TreeHeadSigner(safe.read(secret), Files.readAllBytes(shown));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the signing key in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key in %s cannot be used".formatted(folder), e);
        }
    }

    /** X.509 SubjectPublicKeyInfo, DER. */
    byte[] publicKey() {
        return publicKey.clone();
    }

    byte[] sign(TreeHead head) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(signed(head));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform since 15 has Ed25519", e);
        }
    }

    static boolean verifies(TreeHead head, byte[] signatureBytes, byte[] publicKey) {
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(signed(head));
            return signature.verify(signatureBytes);
        } catch (GeneralSecurityException e) {
            return false; // Not a key, or not a signature: nothing that could be trusted.
        }
    }

    /** {@code {"root":"…","size":1234}}: what the signature is over. */
    private static byte[] signed(TreeHead head) {
        return CanonicalJson.write(Map.of("root", head.root().hex(), "size", head.size()));
    }
}
