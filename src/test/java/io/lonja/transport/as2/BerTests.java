package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BerTests {

    private static final ASN1ObjectIdentifier OID = new ASN1ObjectIdentifier("1.2.840.113549.1.7.3");

    @Test
    void walksDefiniteAndIndefiniteSequencesAlike() throws IOException {
        ASN1EncodableVector elements = new ASN1EncodableVector();
        elements.add(OID);
        elements.add(new BERSequence(new ASN1Integer(7)));
        elements.add(new DEROctetString(new byte[300]));
        for (byte[] encoded :
                new byte[][] {new DERSequence(elements).getEncoded("DER"), new BERSequence(elements).getEncoded("BER")
                }) {
            Ber outer = Ber.over(Bytes.of(encoded));
            Ber.Element whole = outer.next(Ber.SEQUENCE);
            assertThat(outer.end(whole)).isEqualTo(encoded.length);
            Ber inside = outer.enter(whole);
            assertThat(inside.objectIdentifier()).isEqualTo(OID);
            assertThat(inside.small(inside.next(Ber.SEQUENCE)))
                    .isEqualTo(new BERSequence(new ASN1Integer(7)).toASN1Primitive());
            assertThat(inside.length(inside.next(Ber.OCTET_STRING))).isEqualTo(300);
            assertThat(inside.next()).isNull();
            assertThat(outer.next()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 999, 1_000, 1_001, 65_536, 200_000})
    void givesTheOctetsOfAStringInOnePieceOrMany(int length) throws IOException {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 31);
        }
        for (byte[] encoded : new byte[][] {
            new DEROctetString(octets).getEncoded(),
            new BEROctetString(octets, 1_000).getEncoded("BER"),
            new BEROctetString(new DEROctetString[] {new DEROctetString(octets), new DEROctetString(new byte[0])})
                    .getEncoded("BER")
        }) {
            Ber ber = Ber.over(Bytes.of(encoded));
            Ber.Element string = ber.next();
            assertThat(ber.length(string)).isEqualTo(length);
            assertThat(ber.open(string).readAllBytes()).isEqualTo(octets);
            assertThat(ber.end(string)).isEqualTo(encoded.length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30", // no length
                "300402010730", // one byte more than there is
                "3080020107", // no end
                "0480", // a primitive without length
                "3f8101", // a tag of several bytes
                "3085010000000000", // a length of five bytes
                "3084ffffffff", // four gigabytes
                "30847fffffff02"
            })
    void believesNoLengthBeforeTheBytesAreThere(String hex) {
        assertThat(walk(HexFormat.of().parseHex("3003020107"))).isNull();
        assertThat(walk(HexFormat.of().parseHex(hex))).isInstanceOf(IOException.class);
    }

    @Test
    void entersNoDeeperThanAnyMessageIs() {
        byte[] deep = new byte[200];
        for (int at = 0; at < deep.length; at += 2) {
            deep[at] = 0x30;
            deep[at + 1] = (byte) 0x80;
        }
        assertThat(walk(deep)).hasMessageContaining("could be entered");
    }

    private static IOException walk(byte[] encoded) {
        try {
            Ber ber = Ber.over(Bytes.of(encoded));
            Ber inside = ber.enter(ber.next());
            while (inside.next() != null) {
                // to the end
            }
            return ber.next() == null ? null : new IOException("Something is behind it");
        } catch (IOException e) {
            return e;
        }
    }
}
