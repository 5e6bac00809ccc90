package io.lonja.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.CanonicalJson;
import io.lonja.partner.As2Channel.Basic;
import io.lonja.partner.As2Channel.Journey;
import io.lonja.partner.As2Channel.MdnHosts;
import io.lonja.partner.As2Channel.MdnMode;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How AS2 messages travel, as a profile says it and as it is archived. */
class JourneyReaderTests {

    @TempDir
    private Path config;

    private byte[] pem;

    @BeforeEach
    void aPartnerWithKeys() throws IOException {
        try (var file = JourneyReaderTests.class.getResourceAsStream("/partner/acme.pem")) {
            pem = file.readAllBytes();
        }
        Files.createDirectories(config.resolve("schemas/x12-004010-850"));
        Files.createDirectories(config.resolve("home/secrets"));
        Files.createDirectories(config.resolve("home/keys"));
        Files.createDirectories(config.resolve("partners/acme/certificates"));
        Files.write(config.resolve("partners/acme/certificates/own.pem"), pem);
        Files.writeString(config.resolve("home/secrets/acme-basic"), "secret");
        Files.writeString(config.resolve("home/keys/acme-tls.key.pem"), "");
        Files.writeString(config.resolve("home/keys/acme-tls.certificate.pem"), "");
    }

    @Test
    void readsEverythingThatAProfileMaySay() throws IOException {
        As2Channel as2 = channel(
                "mdn_hosts: [AS2.acme.example, \"10.1.2.3:4080\"], mdn_private: true, reason: both sites are ours",
                """
                mdn: async-signed, mdn_within: 90m, retry: [30s, 2h], attempts: 9, chunked: true,
                      basic: { user: lonja, password: acme-basic }, client_certificate: acme-tls,
                      trust: certificates/own.pem, proxy: "proxy.example:3128\"""");
        assertThat(as2.mdnHosts()).isEqualTo(new MdnHosts(List.of("as2.acme.example", "10.1.2.3:4080"), true));
        Journey journey = as2.outbound().journey();
        assertThat(journey)
                .isEqualTo(new Journey(
                        "https://acme.example/as2",
                        MdnMode.ASYNC_SIGNED,
                        Duration.ofMinutes(90),
                        List.of(Duration.ofSeconds(30), Duration.ofHours(2)),
                        9,
                        true,
                        new Basic("lonja", "acme-basic"),
                        "acme-tls",
                        as2.certificates().get(0).pem(),
                        "proxy.example:3128"));
        assertThat(journey.pauseAfter(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(journey.pauseAfter(2)).isEqualTo(Duration.ofHours(2));
        assertThat(journey.pauseAfter(99)).isEqualTo(Duration.ofHours(2));
        assertThat(CanonicalJson.read(CanonicalJson.of(as2), As2Channel.class)).isEqualTo(as2);
        assertThat(new String(CanonicalJson.of(as2), StandardCharsets.UTF_8)).doesNotContain("\"secret\"");
    }

    @Test
    void hasTheDefaultsOfWhatIsLeftOut() throws IOException {
        As2Channel as2 = channel("require: [signed, encrypted]", "encrypt: aes256-cbc");
        assertThat(as2.mdnHosts()).isNull();
        assertThat(as2.outbound().journey()).isEqualTo(Journey.plain("https://acme.example/as2", MdnMode.SYNC_SIGNED));
        assertThat(as2.outbound().journey().retry())
                .containsExactly(
                        Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(40));
        assertThat(as2.outbound().journey().mdnWithin()).isEqualTo(Duration.ofHours(2));
        assertThat(as2.outbound().journey().attempts()).isEqualTo(5);
        assertThat(as2.ownNames()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mdn_hosts: [as2.acme.example], mdn_private: true | mdn: sync | only go into a private network for a reason",
                "mdn_private: true, reason: both sites are ours | mdn: sync | `mdn_private` says nothing without `mdn_hosts`",
                "mdn_hosts: [10.0.0.1] | mdn: sync | `10.0.0.1` is an address of a private network",
                "mdn_hosts: ['[::1]:80'] | mdn: sync | `[::1]:80` is an address of a private network",
                "mdn_hosts: ['[::ffff:10.0.0.1]'] | mdn: sync | is an address of a private network",
                "mdn_hosts: [169.254.169.254] | mdn: sync | `169.254.169.254` is an address that no MDN can go to",
                "mdn_hosts: ['2130706433'] | mdn: sync | `2130706433` is no name and no address in its usual form",
                "mdn_hosts: ['0x7f000001'] | mdn: sync | is no name and no address in its usual form",
                "mdn_hosts: ['127.1'] | mdn: sync | is no name and no address in its usual form",
                "mdn_hosts: ['0177.0.0.1'] | mdn: sync | is no name and no address in its usual form",
                "mdn_hosts: ['as2.acme.example:99999'] | mdn: sync | names no port from 1 to 65535",
                "mdn_hosts: ['[1:2]'] | mdn: sync | is no internet address",
                "mdn_hosts: ['as2.acme.example.'] | mdn: sync | does not fit",
                "mdn_hosts: ['https://as2.acme.example/'] | mdn: sync | does not fit",
                "mdn_hosts: ['*.acme.example'] | mdn: sync | does not fit",
                "mdn_hosts: ['café.example'] | mdn: sync | does not fit",
                "mdn_hosts: [] | mdn: sync | does not fit for `mdn_hosts`",
                "require: [signed, encrypted] | mdn: later | is none of sync-signed, sync, async-signed, async, none",
                "require: [signed, encrypted] | mdn_within: 2h | Only an asynchronous MDN can be overdue",
                "require: [signed, encrypted] | attempts: 3 | leave `attempts` out or write `mdn: async-signed`",
                "require: [signed, encrypted] | 'mdn: async, attempts: 0' | does not fit for `attempts`",
                "require: [signed, encrypted] | 'mdn: async, attempts: often' | does not fit for `attempts`",
                "require: [signed, encrypted] | 'mdn: async, mdn_within: soon' | does not fit for `mdn_within`",
                "require: [signed, encrypted] | retry: [] | does not fit for `retry`",
                "require: [signed, encrypted] | retry: [5] | wanted: a number with s, m, h or d",
                "require: [signed, encrypted] | chunked: perhaps | does not fit for `chunked`",
                "require: [signed, encrypted] | 'basic: { user: lonja, password: another }' | There is no secret `another`; write it to home:secrets/another",
                "require: [signed, encrypted] | 'basic: { user: \"a:b\", password: acme-basic }' | does not fit for `user`",
                "require: [signed, encrypted] | 'basic: { user: lonja }' | `password` is missing",
                "require: [signed, encrypted] | client_certificate: other-tls | The file home:keys/other-tls.key.pem is missing",
                "require: [signed, encrypted] | trust: certificates/none.pem | The file certificates/none.pem is missing",
                "require: [signed, encrypted] | proxy: proxy.example | does not fit for `proxy`",
            })
    void tellsWhatIsWrong(String inbound, String outbound, String sentence) throws IOException {
        write(inbound, outbound, "https://acme.example/as2");
        assertThat(folders().faults()).anyMatch(fault -> fault.sentence().contains(sentence) && fault.line() > 5);
    }

    @Test
    void tellsThatTlsSaysNothingAboutAnAddressWithoutIt() throws IOException {
        write(
                "require: [signed, encrypted]",
                "client_certificate: acme-tls, trust: certificates/own.pem",
                "http://acme.example/as2");
        assertThat(folders().faults())
                .extracting(Fault::sentence)
                .containsExactly(
                        "`client_certificate` says nothing about an address without TLS; leave it out.",
                        "`trust` says nothing about an address without TLS; leave it out.");
    }

    @Test
    void isReadFromWhatWasArchivedBeforeItHadAPartOfItsOwn() {
        PartnerProfile before = CanonicalJson.read("""
                {"agreements":[],"as2":{"certificates":[],"outbound":{"compress":true,"encrypt":"aes128-gcm",\
                "mdn":"sync","sign":"sha512","url":"https://acme.example/as2"},"require":["SIGNED","ENCRYPTED"]},\
                "channels":["as2"],"currency":"EUR","duplicateInterchange":"TA1","httpsClient":"acme",\
                "identities":[],"name":"Acme","requestsInterchangeAcknowledgment":false,"roles":["MEMBER"]}""".getBytes(StandardCharsets.UTF_8), PartnerProfile.class);
        assertThat(before.as2().mdnHosts()).isNull();
        assertThat(before.as2().outbound())
                .isEqualTo(new As2Channel.Outbound(
                        As2Channel.Format.USUAL.with("sha512", "aes128-gcm", "after-sign"),
                        Journey.plain("https://acme.example/as2", MdnMode.SYNC)));
        assertThat(CanonicalJson.read(CanonicalJson.of(before), PartnerProfile.class))
                .isEqualTo(before);
    }

    private As2Channel channel(String inbound, String outbound) throws IOException {
        write(inbound, outbound, "https://acme.example/as2");
        assertThat(folders().faults()).isEmpty();
        return folders()
                .read()
                .get(0)
                .profile()
                .of(new PartyId("acme"))
                .channels()
                .as2();
    }

    private void write(String inbound, String outbound, String url) throws IOException {
        Files.writeString(config.resolve("partners/acme/partner.yaml"), """
                name: Acme Foods
                roles: [member]
                identities: { as2: ACME-AS2 }
                channels:
                  as2:
                    inbound: { %s }
                    outbound: { url: "%s", %s }
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2026-01-01, until: 2027-12-31 }
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850 }
                """.formatted(inbound, url, outbound));
    }

    private PartnerFolders folders() {
        return new PartnerFolders(
                List.of(config.resolve("partners")), config.resolve("schemas"), config.resolve("home"));
    }
}
