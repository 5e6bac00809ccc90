package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.DOCUMENT;
import static io.lonja.transport.as2.Acquaintance.LAX;
import static io.lonja.transport.as2.Acquaintance.ORDER;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CMS that is well encoded and makes no sense is refused like any other, wherever in it the sense is lacking. */
class BrokenStructureTests {

    private static final List<ASN1Primitive> INSTEAD = List.of(
            DERNull.INSTANCE,
            new ASN1Integer(BigInteger.ONE.shiftLeft(80)),
            new ASN1Integer(Integer.MAX_VALUE),
            new DERSequence(),
            new DERSet(),
            new DEROctetString(new byte[0]),
            new DERTaggedObject(2, DERNull.INSTANCE));

    record Layer(String name, Wire message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Layer> layers() {
        return Stream.of(
                new Layer("EnvelopedData", DOCUMENT.encrypted(OURS)),
                new Layer("AuthEnvelopedData", DOCUMENT.authEncrypted(CMSAlgorithm.AES128_GCM, OURS)),
                new Layer("CompressedData", DOCUMENT.compressed()));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isRefusedOrComesToTheSame(Layer layer) throws Exception {
        List<ASN1Primitive> broken =
                broken(ASN1Primitive.fromByteArray(layer.message().body()));
        assertThat(broken).hasSizeGreaterThan(50);
        for (ASN1Primitive each : broken) {
            byte[] body = each.getEncoded(ASN1Encoding.DER);
            if (MessageOpener.open(layer.message().http(), Bytes.of(body), LAX, "sha-256", Workspace.inMemory())
                    instanceof Opened.Accepted accepted) {
                assertThat(accepted.payload().toArray()).isEqualTo(ORDER);
            }
        }
    }

    static Stream<String> digests() {
        return Stream.of("SHA256", "SHA256andMGF1");
    }

    @ParameterizedTest
    @MethodSource("digests")
    void provesNothingUnlessItIsTheSameSignature(String digest) throws Exception {
        byte[] entity = DOCUMENT.bytes();
        byte[] cms = Wire.signature(entity, digest, true, THEIRS);
        for (ASN1Primitive each : broken(ASN1Primitive.fromByteArray(cms))) {
            byte[] part = SignatureCheckTests.part(each.getEncoded(ASN1Encoding.DER));
            try {
                SignatureCheck.Verified verified = SignatureCheck.verify(
                        List.of(Bytes.of(entity), Bytes.of(part)), LAX.signers(), LAX.allowed(), Workspace.inMemory());
                assertThat(verified.signer()).isEqualTo(THEIRS.certificate());
                assertThat(verified.contentDigest())
                        .isEqualTo(Digest.SHA256.start().digest(entity));
            } catch (Refusal refused) {
                assertThat(refused.because()).isNotEmpty();
            }
        }
    }

    /** Each with one node left out or replaced. */
    private static List<ASN1Primitive> broken(ASN1Primitive node) {
        if (node instanceof ASN1Sequence sequence) {
            return among(sequence.toArray(), DERSequence::new);
        }
        if (node instanceof ASN1Set set) {
            return among(set.toArray(), DERSet::new);
        }
        if (node instanceof ASN1TaggedObject tagged) {
            return broken(tagged.getBaseObject().toASN1Primitive()).stream()
                    .<ASN1Primitive>map(inside -> new DERTaggedObject(tagged.isExplicit(), tagged.getTagNo(), inside))
                    .toList();
        }
        return List.of();
    }

    private static List<ASN1Primitive> among(
            ASN1Encodable[] children, Function<ASN1EncodableVector, ASN1Primitive> whole) {
        List<ASN1Primitive> broken = new ArrayList<>();
        for (int at = 0; at < children.length; at++) {
            broken.add(whole.apply(with(children, at, List.of())));
            for (ASN1Primitive instead : INSTEAD) {
                broken.add(whole.apply(with(children, at, List.of(instead))));
            }
            for (ASN1Primitive inside : broken(children[at].toASN1Primitive())) {
                broken.add(whole.apply(with(children, at, List.of(inside))));
            }
        }
        return broken;
    }

    private static ASN1EncodableVector with(ASN1Encodable[] children, int at, List<ASN1Primitive> instead) {
        ASN1EncodableVector vector = new ASN1EncodableVector();
        for (int i = 0; i < children.length; i++) {
            if (i == at) {
                instead.forEach(vector::add);
            } else {
                vector.add(children[i]);
            }
        }
        return vector;
    }
}
