package io.lonja.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.CanonicalJson;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartnerFoldersTests {

    private static final String ACME = """
            name: Acme Foods
            roles: [member]
            identities: { x12: "ZZ/ACMEFOODS", gln: "8412345000013" }
            channels:
              https: { client: acme }
            agreements:
              - { document: purchase-order, direction: inbound, guide: x12-004010-850 }
            """;

    private static final String CHANNELS = """
            name: Acme Foods
            roles: [member]
            identities: { as2: ACME-AS2, x12: "ZZ/ACMEFOODS" }
            channels:
              as2:
                inbound: { require: [signed, encrypted] }
                outbound: { url: "https://acme.example/as2", encrypt: aes256-cbc }
                certificates:
                  - { file: "home:keys/acme.pem", use: [sign, encrypt], from: 2026-01-01, until: 2027-12-31 }
              sftp:
                server: { authorized_keys: certificates/acme.pub }
            agreements:
              - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always, route: both }
              - { document: invoice, direction: outbound, guide: x12-004010-810 }
            """;

    @TempDir
    private Path config;

    @BeforeEach
    void oneGuide() throws IOException {
        Files.createDirectories(config.resolve("schemas/x12-004010-850"));
    }

    @Test
    void oneGuideJudgesADocumentOfOneBase() throws IOException {
        Files.createDirectories(config.resolve("schemas/x12-004010-850-acme"));
        Files.createDirectories(config.resolve("schemas/x12-004010-850-other"));
        String agreed = "  - { document: purchase-order, direction: inbound, guide: x12-004010-850-acme }\n";
        String two = ACME.replace("guide: x12-004010-850 }", "guide: x12-004010-850-other }") + agreed;
        write("acme", two);
        assertThat(told())
                .containsExactly(
                        "8: There are two inbound agreements on x12-004010-850 for purchase-order, `x12-004010-850-other` and"
                                + " `x12-004010-850-acme`; the hub would not know which judges it.");
        write("acme", two.replace("inbound, guide: x12-004010-850-acme", "outbound, guide: x12-004010-850-acme"));
        assertThat(told()).isEmpty();
    }

    @Test
    void readsWhenAnOrderIsOverdueAndHowFarAnInvoiceMayDiffer() throws IOException {
        Files.createDirectories(config.resolve("schemas/x12-004010-810"));
        write(
                "acme",
                ACME.replace("guide: x12-004010-850 }", "guide: x12-004010-850, complete_within: 45d }")
                        + "  - { document: invoice, direction: inbound, guide: x12-004010-810, tolerances: { price: 0.5%, quantity: 0, tax: 0.02, freight: 5.00 } }\n");
        assertThat(told()).isEmpty();
        PartnerProfile profile = folders().read().get(0).profile();
        assertThat(profile.agreements().get(0).tolerances())
                .isEqualTo(
                        new Tolerances(Tolerance.of("0.5%"), Tolerance.NONE, Tolerance.of("0.02"), Tolerance.of("5")));
        assertThat(profile.agreements().get(1).completeWithin()).isEqualTo(Duration.ofDays(45));
        assertThat(CanonicalJson.read(CanonicalJson.of(profile), PartnerProfile.class))
                .isEqualTo(profile);
    }

    @Test
    void tellsTermsThatCannotBeMeant() throws IOException {
        Files.createDirectories(config.resolve("schemas/x12-004010-810"));
        write(
                "acme",
                ACME.replace("guide: x12-004010-850 }", "guide: x12-004010-850, tolerances: { price: 1% } }")
                        + "  - { document: invoice, direction: inbound, guide: x12-004010-810, complete_within: 45d }\n");
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "7: `tolerances` says nothing about a document of kind purchase-order; write it at invoice.",
                        "8: `complete_within` says nothing about a document of kind invoice; write it at purchase-order.");
    }

    @Test
    void readsWhenDocumentsLeaveAndHowManyTogether() {
        write(
                "acme",
                ACME
                        + "  - { document: purchase-order, direction: outbound, guide: x12-004010-850, cut_offs: [\"17:30\", \"11:00\"], time_zone: Europe/Madrid, together: 50 }\n");
        PartnerProfile profile = folders().read().get(0).profile();
        Agreement outbound = profile.agreements().stream()
                .filter(agreement -> agreement.direction() == Agreement.Direction.OUTBOUND)
                .findFirst()
                .orElseThrow();
        assertThat(outbound.together()).isEqualTo(50);
        assertThat(outbound.cutOffs())
                .isEqualTo(new CutOffs(List.of(LocalTime.of(11, 0), LocalTime.of(17, 30)), ZoneId.of("Europe/Madrid")));
        assertThat(CanonicalJson.read(CanonicalJson.of(profile), PartnerProfile.class))
                .isEqualTo(profile);
    }

    @Test
    void tellsWhatDocumentsCannotLeaveBy() {
        write(
                "acme",
                ACME.replace("guide: x12-004010-850 }", "guide: x12-004010-850, together: 50 }")
                        + "  - { document: purchase-order, direction: outbound, guide: x12-004010-850, time_zone: Europe/Madri }\n"
                        + "  - { document: purchase-order, direction: outbound, guide: x12-004010-850, cut_offs: [\"24:00\"], together: 101 }\n");
        assertThat(told())
                .contains(
                        "7: `together` says nothing about inbound documents; leave it out.",
                        "8: `time_zone` says of which clock the cut-offs are, and there are none; write `cut_offs` or leave it out.",
                        "8: There is no time zone `Europe/Madri`; write a name of the IANA database such as Europe/Madrid.")
                .anySatisfy(fault -> assertThat(fault).startsWith("9: `24:00` does not fit"))
                .anySatisfy(fault -> assertThat(fault).startsWith("9: A number").contains("2 to 100"));
    }

    @Test
    void readsAProfileWithItsDefaults() {
        write("acme", ACME);

        assertThat(folders().read()).singleElement().satisfies(folder -> {
            assertThat(folder.faults()).isEmpty();
            TradingPartner acme = folder.profile().of(new PartyId("acme"));
            assertThat(acme.name()).isEqualTo("Acme Foods");
            assertThat(acme.identities())
                    .extracting(Object::toString)
                    .containsExactly("GLN 8412345000013", "X12 ZZ/ACMEFOODS");
            assertThat(acme.currency().getCurrencyCode()).isEqualTo("EUR");
            assertThat(acme.duplicateInterchange()).isEqualTo(TradingPartner.DuplicatePolicy.TA1);
            assertThat(acme.requestsInterchangeAcknowledgment()).isFalse();
            assertThat(acme.inbound("x12-004010-850"))
                    .hasValueSatisfying(agreement ->
                            assertThat(agreement.acknowledge()).isEqualTo(Agreement.AcknowledgmentPolicy.ALWAYS));
        });
        assertThat(folders().httpsClient(new PartyId("acme"))).contains("acme");
    }

    @Test
    void keepsTheVersionOfAProfileThatOnlyLooksDifferent() {
        write("acme", ACME);
        String before = folders().read().get(0).profile().version();
        write(
                "acme",
                "# a note\n"
                        + ACME.replace(
                                "{ x12: \"ZZ/ACMEFOODS\", gln: \"8412345000013\" }",
                                "\n  gln: \"8412345000013\"\n  x12: [\"ZZ/ACMEFOODS\"]")
                        + "currency: EUR\n");

        assertThat(folders().faults()).isEmpty();
        assertThat(folders().read().get(0).profile().version()).isEqualTo(before);
    }

    /** With quotes or without; what is usual leaves the profile as it was archived before there was a choice. */
    @Test
    void readsByWhatLaterGroupsAreAnswered() {
        write("acme", ACME);
        String before = folders().read().get(0).profile().version();
        write("acme", ACME + "functional_acknowledgment: 997\n");
        assertThat(folders().read().get(0).profile().version()).isEqualTo(before);
        for (String written : List.of("999", "\"999\"")) {
            write("acme", ACME + "functional_acknowledgment: " + written + "\n");
            assertThat(folders().faults()).isEmpty();
            PartnerProfile profile = folders().read().get(0).profile();
            assertThat(profile.of(new PartyId("acme")).answeredBy999()).isTrue();
            assertThat(CanonicalJson.read(CanonicalJson.of(profile), PartnerProfile.class))
                    .isEqualTo(profile);
        }
        write("acme", ACME + "functional_acknowledgment: 824\n");
        assertThat(told()).singleElement().asString().endsWith("A number without quotes is none of 997, 999.");
    }

    @Test
    void tellsAllFaultsAtOnceEachWithItsLine() {
        write("acme", """
                id: acne
                name: ""
                roles: [member, boss]
                identities:
                  x12: "ACMEFOODS"
                  gln: 8412345000013
                channels:
                  soap: { url: "https://acme.example/soap" }
                  https: { cleint: acme }
                agreements:
                  - { document: purchase-order, direction: outbound, guide: x12-004010-850 }
                  - { document: invoice, direction: inbound, guide: x12-004010-999 }
                  - document: order
                    guide: x12-004010-850
                currency: EUX
                duplicate_interchange: shout
                request_interchange_acknowledgment: maybe
                colour: green
                """);

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "1: The id `acne` is not the folder's name `acme`; leave the key out.",
                        "2: `` does not fit for `name`; wanted: the name for people, 1 to 200 characters.",
                        "3: `boss` is none of member, supplier, operator, carrier, prospect.",
                        "5: `ACMEFOODS` does not fit for `x12`; wanted: ISA qualifier (2 characters), a slash and ISA id"
                                + " (at most 15 characters), in quotes: \"ZZ/ACMEFOODS\".",
                        "6: A number without quotes does not fit for `gln`; wanted: a GS1 Global Location Number of 13"
                                + " digits, in quotes: \"8412345000013\".",
                        "8: The channel `soap` does not exist in this version; here belong as2, sftp, https.",
                        "9: Unknown key `cleint`; here belong client.",
                        "12: There is no guide `x12-004010-999`: schemas/x12-004010-999 does not exist.",
                        "13: `direction` is missing: inbound: from the partner to the hub; outbound: from the hub to the partner.",
                        "13: `order` is none of request-for-quotation, quotation, purchase-order, order-change, order-response, order-change-response, despatch-advice, receiving-advice, remittance-advice, invoice, credit-note.",
                        "15: `EUX` is not an ISO 4217 currency.",
                        "16: `shout` is none of ta1, silence.",
                        "17: `maybe` does not fit for `request_interchange_acknowledgment`; wanted: whether the hub asks this"
                                + " partner for a TA1 (ISA14 = 1) or CONTRL (UNB 0031 = 1); true or false, false when left out.",
                        "18: Unknown key `colour`; here belong id, name, roles, identities, channels, agreements, currency,"
                                + " duplicate_interchange, duplicate_window, control_numbers, edi,"
                                + " request_interchange_acknowledgment, functional_acknowledgment.");
    }

    @Test
    void readsTheChannelsWithTheirCertificatesAndKeys() throws IOException {
        write("acme", CHANNELS);
        certificates();

        TradingPartner acme = folders().read().get(0).profile().of(new PartyId("acme"));
        As2Channel as2 = acme.channels().as2();
        assertThat(as2.require()).containsExactly(As2Channel.Requirement.SIGNED, As2Channel.Requirement.ENCRYPTED);
        assertThat(as2.outbound())
                .isEqualTo(new As2Channel.Outbound(
                        As2Channel.Format.USUAL.with("sha256", "aes256-cbc", "false"),
                        As2Channel.Journey.plain("https://acme.example/as2", As2Channel.MdnMode.SYNC_SIGNED)));
        assertThat(as2.mdnHosts()).isNull();
        PartnerCertificate certificate = as2.certificates().get(0);
        assertThat(certificate.pem()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(certificate.valid(PartnerCertificate.Use.SIGN, LocalDate.parse("2026-01-01")))
                .isTrue();
        assertThat(certificate.valid(PartnerCertificate.Use.SIGN, LocalDate.parse("2028-01-01")))
                .isFalse();
        assertThat(acme.channels().sftp().authorizedKeys()).hasSize(1);
        assertThat(acme.channels().outbound()).contains("as2");
        assertThat(acme.outbound("invoice")).map(Agreement::guide).contains("x12-004010-810");
        assertThat(acme.inbound("x12-004010-850").orElseThrow().route()).isEqualTo(Agreement.Route.BOTH);
    }

    @Test
    void readsWhatAnOldProductNeedsAndWhyItIsAllowed() throws IOException {
        write(
                "acme",
                CHANNELS.replace(
                                "inbound: { require: [signed, encrypted] }",
                                "inbound: { allow: [sha1, 3des, rsa1024], reason: their product is of 2004 }")
                        .replace(
                                "encrypt: aes256-cbc }",
                                "sign: sha1, encrypt: 3des, reason: their product is of 2004, signature: rsa-pss, key_transport: rsa-oaep, compress: before-sign,"
                                        + " transfer_encoding: base64, digest_names: legacy, algorithm_protection: false, file_name: false }")
                        .replace("2027-12-31 }", "2027-12-31, grace_days: 7 }"));
        certificates();

        assertThat(folders().faults()).isEmpty();
        As2Channel as2 = folders()
                .read()
                .get(0)
                .profile()
                .of(new PartyId("acme"))
                .channels()
                .as2();
        assertThat(as2.allow())
                .containsExactly(As2Channel.Legacy.SHA1, As2Channel.Legacy.TRIPLE_DES, As2Channel.Legacy.RSA1024);
        assertThat(as2.outbound().format())
                .isEqualTo(new As2Channel.Format(
                        "sha1",
                        "rsa-pss",
                        "3des",
                        "rsa-oaep",
                        "before-sign",
                        "base64",
                        "legacy",
                        false,
                        false,
                        "their product is of 2004"));
        PartnerCertificate certificate = as2.certificates().get(0);
        assertThat(certificate.valid(PartnerCertificate.Use.SIGN, LocalDate.parse("2028-01-07")))
                .isTrue();
        assertThat(certificate.valid(PartnerCertificate.Use.SIGN, LocalDate.parse("2028-01-08")))
                .isFalse();
        assertThat(certificate.valid(PartnerCertificate.Use.ENCRYPT, LocalDate.parse("2028-01-01")))
                .isFalse();
    }

    @Test
    void wantsAReasonForWhatIsWeakAndNumbersWhereNumbersBelong() throws IOException {
        write(
                "acme",
                CHANNELS.replace("require: [signed, encrypted]", "allow: [sha1, sha0]")
                        .replace("encrypt: aes256-cbc", "sign: md5, encrypt: 3des, compress: sometimes")
                        .replace("2027-12-31 }", "2027-12-31, grace_days: 0x10 }"));
        certificates();

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "6: Weak algorithms are only taken for a reason; write it under `reason`.",
                        "6: `sha0` is none of sha1, md5, 3des, rsa1024.",
                        "7: `sign: md5` is only sent for a reason; write it under `reason`.",
                        "7: `encrypt: 3des` is only sent for a reason; write it under `reason`.",
                        "7: `sometimes` is none of false, true, before-sign, after-sign.",
                        "9: A number without quotes does not fit for `grace_days`; wanted: how many days after its end its"
                                + " signatures still count, with an alarm: a number from 0 to 90; 0 when left out.");
    }

    /** Made by {@code openssl req -x509 -newkey rsa:1024} and {@code ec:P-256}. */
    @Test
    void refusesCertificatesThatAreTooWeakOrOfNoUse() throws IOException {
        write("acme", CHANNELS);
        certificates();
        for (String file : List.of("rsa1024", "ec")) {
            try (var pem = PartnerFoldersTests.class.getResourceAsStream("/partner/%s.pem".formatted(file))) {
                Files.write(config.resolve("home/keys/acme.pem"), pem.readAllBytes());
            }
            assertThat(told())
                    .containsExactly(
                            file.equals("ec")
                                    ? "9: home:keys/acme.pem has no RSA key, and the hub encrypts to RSA keys only."
                                    : "9: home:keys/acme.pem has an RSA key of 1024 bits, at least 2048 are taken; ask the"
                                            + " partner for a stronger one, or allow `rsa1024` with a reason.");
        }
    }

    @Test
    void saysWhereItIsAskedThatNoCertificateIsValidToday() throws IOException {
        write("acme", CHANNELS);
        certificates();
        assertThat(faultsOn("2026-12-01")).isEmpty();
        assertThat(faultsOn("2028-01-01"))
                .containsExactly(
                        "8: No certificate for `sign` is valid today: home:keys/acme.pem ended on 2027-12-31; add the partner's current one.",
                        "8: No certificate for `encrypt` is valid today: home:keys/acme.pem ended on 2027-12-31; add the partner's current one.");
        assertThat(faultsOn("2025-12-31")).hasSize(2).allMatch(told -> told.contains("begins on 2026-11-22"));
        assertThat(folders().certificates().get("acme")).hasSize(1);
    }

    private List<String> faultsOn(String day) {
        return new PartnerFolders(
                        List.of(config.resolve("partners")),
                        config.resolve("schemas"),
                        config.resolve("home"),
                        LocalDate.parse(day))
                .faults().stream()
                        .map(fault -> fault.line() + ": " + fault.sentence())
                        .toList();
    }

    /** What was archived before formats and weak algorithms were in a profile. */
    @Test
    void readsAChannelThatWasArchivedEarlier() {
        String archived = """
                {"require":["SIGNED"],"reason":"a test of before","outbound":{"url":"https://a.example","sign":"sha512",
                "encrypt":"aes256-gcm","compress":true,"mdn":"sync"},"certificates":[{"file":"a.pem","use":["SIGN"],
                "from":"2026-01-01","until":"2026-12-31","pem":"x"}]}""";
        As2Channel as2 = CanonicalJson.read(archived.getBytes(StandardCharsets.UTF_8), As2Channel.class);
        assertThat(as2.allow()).isEmpty();
        assertThat(as2.outbound())
                .isEqualTo(new As2Channel.Outbound(
                        As2Channel.Format.USUAL.with("sha512", "aes256-gcm", "after-sign"),
                        As2Channel.Journey.plain("https://a.example", As2Channel.MdnMode.SYNC)));
        assertThat(as2.certificates().get(0).graceDays()).isZero();
        assertThat(CanonicalJson.read(CanonicalJson.of(as2), As2Channel.class)).isEqualTo(as2);
    }

    @Test
    void tellsWhatIsWrongWithAChannel() throws IOException {
        write(
                "acme",
                CHANNELS.replace("as2: ACME-AS2, ", "")
                        .replace("[signed, encrypted]", "[signed]")
                        .replace("use: [sign, encrypt]", "use: [sign]")
                        .replace("2027-12-31", "2025-02-30")
                        .replace("acknowledge: always, route: both", "route: both")
                        .replace("guide: x12-004010-810 }", "guide: x12-004010-810, acknowledge: never }"));
        certificates();
        Files.writeString(config.resolve("partners/acme/certificates/acme.pub"), "command=\"sh\" ssh-rsa AAAA\n");
        Files.writeString(config.resolve("home/keys/acme.pem"), "no certificate");

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "5: There is an AS2 channel, but no AS2 name; add `as2` to `identities`.",
                        "6: Messages that are not both signed and encrypted are only taken for a reason; write it under"
                                + " `reason`.",
                        "8: No certificate is for `encrypt`; name the one the partner wants to be encrypted to.",
                        "9: home:keys/acme.pem is no X.509 certificate in PEM or DER; ask the partner for its public"
                                + " certificate.",
                        "9: `2025-02-30` is no day of the calendar.",
                        "11: Line 1 of certificates/acme.pub is no public key as OpenSSH writes it (ssh-ed25519 AAAA…);"
                                + " options are not taken.",
                        "11: certificates/acme.pub has 0 keys; 1 to 50 are taken.",
                        "14: `never` says nothing about outbound documents; write expect-within-24h or leave it out.");
    }

    @Test
    void takesTheTimeInWhichAnOutboundDocumentIsAcknowledged() throws IOException {
        certificates();
        String outbound =
                CHANNELS.replace("guide: x12-004010-810 }", "guide: x12-004010-810, acknowledge: expect-within-24h }");
        write("acme", outbound);
        assertThat(told()).isEmpty();
        TradingPartner acme = folders().read().get(0).profile().of(new PartyId("acme"));
        assertThat(acme.outbound("invoice").orElseThrow().acknowledgedWithin()).isEqualTo(Duration.ofHours(24));
        write("acme", outbound.replace("acknowledge: always, route: both", "acknowledge: expect-within-2h"));
        assertThat(told())
                .containsExactly("13: `expect-within-2h` says nothing about inbound documents; write always or never.");
        write("acme", outbound.replace("expect-within-24h", "expect-within-soon"));
        assertThat(told()).singleElement().asString().startsWith("14: `expect-within-soon` does not fit for");
    }

    @Test
    void sayingHowXmlIsAcknowledgedSaysNothing() throws IOException {
        Files.createDirectories(config.resolve("schemas/ubl-2.1-invoice"));
        Files.writeString(config.resolve("schemas/ubl-2.1-invoice/elements.xml"), "<elements/>");
        certificates();
        String xml = CHANNELS.replace(
                "purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always, route: both",
                "invoice, direction: inbound, guide: ubl-2.1-invoice, on_problem: hold, route: both");
        write("acme", xml);
        assertThat(told()).isEmpty();
        write(
                "acme",
                xml.replace("on_problem: hold", "on_problem: refuse, acknowledge: never")
                        .replace(
                                "guide: x12-004010-810 }", "guide: ubl-2.1-invoice, acknowledge: expect-within-24h }"));
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "13: `acknowledge` says nothing about ubl-2.1-invoice: XML has no acknowledgment; leave it out.",
                        "13: `refuse` says nothing about ubl-2.1-invoice: XML has no advice to tell its sender by, so"
                                + " problems are held; write hold or leave it out.",
                        "14: `acknowledge` says nothing about ubl-2.1-invoice: XML has no acknowledgment; leave it out.");
    }

    @Test
    void takesWhatIsRefusedAndHeldTogether() throws IOException {
        certificates();
        write("acme", CHANNELS);
        String usual = folders().read().get(0).profile().version();
        write(
                "acme",
                CHANNELS.replace(
                        "route: both",
                        "route: both, interchange: split, on_syntax_error: transaction-set, on_problem: hold"));
        assertThat(folders().read().get(0).profile().version())
                .as("what is the default anyway changes no profile")
                .isEqualTo(usual);
        write(
                "acme",
                CHANNELS.replace(
                        "route: both",
                        "route: both, interchange: kept, on_syntax_error: interchange, on_problem: refuse"));
        assertThat(told()).isEmpty();
        Agreement strict = folders()
                .read()
                .get(0)
                .profile()
                .of(new PartyId("acme"))
                .inbound("x12-004010-850")
                .orElseThrow();
        assertThat(strict.kept()).isTrue();
        assertThat(strict.refusedWhole()).isTrue();
        assertThat(strict.problemsRefused()).isTrue();
        write("acme", CHANNELS.replace("guide: x12-004010-810 }", "guide: x12-004010-810, on_problem: refuse }"));
        assertThat(told()).containsExactly("14: `on_problem` says nothing about outbound documents; leave it out.");
        write("acme", CHANNELS.replace("guide: x12-004010-810 }", "guide: x12-004010-810, interchange: kept }"));
        assertThat(told()).containsExactly("14: `interchange` says nothing about outbound documents; leave it out.");
    }

    @Test
    void takesHowAPartnerNumbersItsInterchanges() throws IOException {
        write("acme", ACME);
        assertThat(folders().read().get(0).profile().of(new PartyId("acme")).numbers())
                .isEqualTo(InterchangeNumbers.ANY);
        write("acme", ACME + "duplicate_window: 365d\ncontrol_numbers: sequential\n");
        assertThat(folders().read().get(0).profile().of(new PartyId("acme")).numbers())
                .isEqualTo(new InterchangeNumbers(Duration.ofDays(365), true));
        write("acme", ACME + "duplicate_window: 5m\n");
        assertThat(told()).singleElement().asString().contains("`5m` does not fit for `duplicate_window`");
    }

    private void certificates() throws IOException {
        Files.createDirectories(config.resolve("schemas/x12-004010-810"));
        Files.createDirectories(config.resolve("partners/acme/certificates"));
        Files.createDirectories(config.resolve("home/keys"));
        try (var pem = PartnerFoldersTests.class.getResourceAsStream("/partner/acme.pem")) {
            Files.write(config.resolve("home/keys/acme.pem"), pem.readAllBytes());
        }
        Files.writeString(
                config.resolve("partners/acme/certificates/acme.pub"),
                "# of the warehouse\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl acme\n");
    }

    @Test
    void tellsBothPartnersThatBearOneIdentity() {
        write("acme", ACME);
        write("blue", ACME.replace("8412345000013", "8412345000020"));

        assertThat(folders().faults())
                .extracting(fault -> fault.file().getParent().getFileName() + ":" + fault.line())
                .containsExactly("acme:3", "blue:3");
        assertThat(told()).allMatch(told -> told.contains("X12 ZZ/ACMEFOODS` is also borne by"));
    }

    @Test
    void refusesAgreementsWithoutAChannel() {
        write("acme", ACME.replace("\n  https: { client: acme }", " {}"));

        assertThat(told())
                .containsExactly(
                        "5: There are agreements, but no channel to exchange documents by; name one under `channels`.");
    }

    @Test
    void refusesAFolderWithoutAProfileAndAFolderWhoseNameIsNoId() throws IOException {
        Files.createDirectories(config.resolve("partners/acme"));
        write("Blue_Harbour", ACME);

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "1: The file is missing; copy partners/_template/partner.yaml.",
                        "1: The folder's name `Blue_Harbour` is not an id: lower-case letters, digits, hyphens, at most 64.");
    }

    @Test
    void refusesTextThatIsNotYamlKeysThatStandTwiceAndReferences() {
        write("not-yaml", "name: [Acme\nroles: {");
        write("twice", ACME + "name: Acme again\n");
        write("bomb", "name: &a [x, x]\nroles: [*a, *a, *a]\n");
        write("empty", "");

        assertThat(folders().faults())
                .extracting(fault -> fault.file().getParent().getFileName() + ":" + fault.line())
                .contains("not-yaml:2", "twice:8", "bomb:1", "empty:1");
    }

    @Test
    void skipsTheTemplateAndTheTemplateItselfIsRight() throws IOException {
        write("_template", "nonsense");
        assertThat(folders().read()).isEmpty();

        write("example", Files.readString(Path.of("partners/_template/partner.yaml")));
        assertThat(folders().faults()).isEmpty();
    }

    private PartnerFolders folders() {
        return new PartnerFolders(
                List.of(config.resolve("partners")), config.resolve("schemas"), config.resolve("home"));
    }

    private List<String> told() {
        return folders().faults().stream()
                .map(fault -> fault.line() + ": " + fault.sentence().replace(config + "/", ""))
                .toList();
    }

    private void write(String partner, String profile) {
        try {
            Path folder = Files.createDirectories(config.resolve("partners").resolve(partner));
            Files.writeString(folder.resolve("partner.yaml"), profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
