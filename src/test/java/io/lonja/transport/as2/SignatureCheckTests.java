package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SimpleAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What signed attributes say of themselves is believed only when all of it fits together. */
class SignatureCheckTests {

    private static final byte[] CONTENT =
            "Content-Type: application/edi-x12\r\n\r\nISA*00*~".getBytes(StandardCharsets.US_ASCII);
    private static final Keys SIGNER = Keys.rsa("theirs");
    private static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

    record Attributes(String name, UnaryOperator<AttributeTable> signed, Disposition disposition) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attributes> attributes() {
        Attribute otherDigest =
                new Attribute(CMSAttributes.messageDigest, new DERSet(new DEROctetString(new byte[32])));
        return Stream.of(
                unfit("no content type", table -> table.remove(CMSAttributes.contentType)),
                unfit(
                        "another content type",
                        table -> with(table, CMSAttributes.contentType, CMSObjectIdentifiers.envelopedData)),
                unfit("no message digest", table -> table.remove(CMSAttributes.messageDigest)),
                unfit(
                        "a second message digest",
                        table -> table.add(
                                CMSAttributes.messageDigest,
                                otherDigest.getAttrValues().getObjectAt(0))),
                unfit("two values of the message digest", table -> both(table, otherDigest)),
                unfit(
                        "a message digest that is no octets",
                        table -> with(table, CMSAttributes.messageDigest, NISTObjectIdentifiers.id_sha256)),
                new Attributes(
                        "the message digest of other content",
                        table -> with(table, CMSAttributes.messageDigest, new DEROctetString(new byte[32])),
                        Disposition.INTEGRITY_CHECK_FAILED),
                unfit(
                        "protection of another digest",
                        table -> with(
                                table,
                                CMSAttributes.cmsAlgorithmProtect,
                                protection(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512), RSA))),
                unfit(
                        "protection of another signature algorithm",
                        table -> with(
                                table,
                                CMSAttributes.cmsAlgorithmProtect,
                                protection(
                                        SHA256,
                                        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha512WithRSAEncryption)))),
                unfit(
                        "a countersignature under the signature",
                        table -> table.add(CMSAttributes.counterSignature, new DEROctetString(new byte[1]))));
    }

    private static Attributes unfit(String name, UnaryOperator<AttributeTable> signed) {
        return new Attributes(name, signed, Disposition.AUTHENTICATION_FAILED);
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void attributesThatDoNotFitAreRefusedThoughTheirSignatureIsRight(Attributes attributes) throws Exception {
        SignedData made = signed(attributes.signed(), null);
        assertThat(refusal(made).disposition()).isEqualTo(attributes.disposition());
    }

    @Test
    void attributesThatFitAreTaken() throws Exception {
        for (UnaryOperator<AttributeTable> fit : List.<UnaryOperator<AttributeTable>>of(
                table -> table,
                table -> table.remove(CMSAttributes.cmsAlgorithmProtect),
                table -> with(
                        table,
                        CMSAttributes.cmsAlgorithmProtect,
                        protection(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE), RSA)))) {
            SignatureCheck.Verified verified = verify(signed(fit, null));
            assertThat(verified.signer()).isEqualTo(SIGNER.certificate());
            assertThat(verified.digest()).isEqualTo(Digest.SHA256);
            assertThat(verified.contentDigest()).isEqualTo(Digest.SHA256.start().digest(CONTENT));
            assertThat(verified.bringsSigner()).isFalse();
        }
    }

    @Test
    void whatBelongsUnderTheSignatureCountsNowhereElse() throws Exception {
        SignedData made = signed(
                table -> table,
                new AttributeTable(new DERSet(
                        new Attribute(CMSAttributes.messageDigest, new DERSet(new DEROctetString(new byte[32]))))));
        assertThat(refusal(made).disposition()).isEqualTo(Disposition.AUTHENTICATION_FAILED);
    }

    @Test
    void aSignatureIsCheckedByTheAlgorithmOfItsKeyOnly() throws Exception {
        SignedData made = signed(table -> table.remove(CMSAttributes.cmsAlgorithmProtect), null);
        SignerInfo info = SignerInfo.getInstance(made.getSignerInfos().getObjectAt(0));
        for (AlgorithmIdentifier other : List.of(
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                new AlgorithmIdentifier(PKCSObjectIdentifiers.sha512WithRSAEncryption, DERNull.INSTANCE))) {
            assertThat(refusal(with(made, info, other, info.getEncryptedDigest().getOctets()))
                            .disposition())
                    .isEqualTo(Disposition.AUTHENTICATION_FAILED);
        }
        AlgorithmIdentifier sameByAnotherName =
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        assertThat(verify(with(
                                made,
                                info,
                                sameByAnotherName,
                                info.getEncryptedDigest().getOctets()))
                        .signer())
                .isEqualTo(SIGNER.certificate());
    }

    @Test
    void aSignatureOfAnyOtherLengthIsNone() throws Exception {
        SignedData made = signed(table -> table, null);
        SignerInfo info = SignerInfo.getInstance(made.getSignerInfos().getObjectAt(0));
        byte[] signature = info.getEncryptedDigest().getOctets();
        for (int length : new int[] {0, 1, 255, 257, 1_024}) {
            SignedData other = with(made, info, info.getDigestEncryptionAlgorithm(), Arrays.copyOf(signature, length));
            assertThat(refusal(other).disposition()).isEqualTo(Disposition.AUTHENTICATION_FAILED);
        }
    }

    @Test
    void whatIsNoSignedDataProvesNothing() throws Exception {
        for (byte[] other : List.of(
                new byte[0],
                new byte[] {0x30, (byte) 0x80, 0, 0},
                new ContentInfo(CMSObjectIdentifiers.data, new DEROctetString(CONTENT)).getEncoded(),
                new ContentInfo(CMSObjectIdentifiers.signedData, null).getEncoded())) {
            assertThat(refusal(other).disposition()).isEqualTo(Disposition.AUTHENTICATION_FAILED);
        }
    }

    private static SignedData signed(UnaryOperator<AttributeTable> attributes, AttributeTable unsigned)
            throws Exception {
        JcaSignerInfoGeneratorBuilder builder = new JcaSignerInfoGeneratorBuilder(
                        new JcaDigestCalculatorProviderBuilder().build())
                .setSignedAttributeGenerator(parameters ->
                        attributes.apply(new DefaultSignedAttributeTableGenerator().getAttributes(parameters)));
        if (unsigned != null) {
            builder.setUnsignedAttributeGenerator(new SimpleAttributeTableGenerator(unsigned));
        }
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(SIGNER.key()), SIGNER.certificate()));
        byte[] made =
                generator.generate(new CMSProcessableByteArray(CONTENT), false).getEncoded();
        return SignedData.getInstance(ContentInfo.getInstance(made).getContent());
    }

    private static SignedData with(SignedData made, SignerInfo info, AlgorithmIdentifier algorithm, byte[] signature) {
        SignerInfo other = new SignerInfo(
                info.getSID(),
                info.getDigestAlgorithm(),
                info.getAuthenticatedAttributes(),
                algorithm,
                new DEROctetString(signature),
                null);
        return new SignedData(made.getDigestAlgorithms(), made.getEncapContentInfo(), null, null, new DERSet(other));
    }

    private static AttributeTable with(AttributeTable table, ASN1ObjectIdentifier type, ASN1Encodable value) {
        return table.remove(type).add(type, value);
    }

    private static AttributeTable both(AttributeTable table, Attribute other) {
        ASN1Encodable one = table.get(other.getAttrType()).getAttrValues().getObjectAt(0);
        ASN1Encodable two = other.getAttrValues().getObjectAt(0);
        var rest = table.remove(other.getAttrType()).toASN1EncodableVector();
        rest.add(new Attribute(other.getAttrType(), new DERSet(new ASN1Encodable[] {one, two})));
        return new AttributeTable(rest);
    }

    private static CMSAlgorithmProtection protection(AlgorithmIdentifier digest, AlgorithmIdentifier signature) {
        return new CMSAlgorithmProtection(digest, CMSAlgorithmProtection.SIGNATURE, signature);
    }

    private static Refusal refusal(SignedData made) throws Exception {
        return refusal(new ContentInfo(CMSObjectIdentifiers.signedData, made).getEncoded());
    }

    private static Refusal refusal(byte[] cms) {
        try {
            SignatureCheck.Verified verified = verify(cms);
            throw new AssertionError("Taken as signed by " + verified.signer().getSubjectX500Principal());
        } catch (Refusal refusal) {
            return refusal;
        }
    }

    private static SignatureCheck.Verified verify(SignedData made) throws Exception {
        return verify(new ContentInfo(CMSObjectIdentifiers.signedData, made).getEncoded());
    }

    private static SignatureCheck.Verified verify(byte[] cms) throws Refusal {
        List<X509Certificate> known = List.of(SIGNER.certificate());
        return SignatureCheck.verify(
                List.of(Bytes.of(CONTENT), Bytes.of(part(cms))), known, Set.of(), Workspace.inMemory());
    }

    /** The second part of a {@code multipart/signed}. */
    static byte[] part(byte[] cms) {
        byte[] head = "Content-Type: application/pkcs7-signature\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] part = Arrays.copyOf(head, head.length + cms.length);
        System.arraycopy(cms, 0, part, head.length, cms.length);
        return part;
    }
}
