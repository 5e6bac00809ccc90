package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Archive;
import io.lonja.archive.DataFolder;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.KeySafe;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.Departure;
import io.lonja.partner.As2Channel;
import io.lonja.partner.As2Channel.MdnHosts;
import io.lonja.partner.As2Channel.Requirement;
import io.lonja.partner.Channels;
import io.lonja.partner.InterchangeNumbers;
import io.lonja.partner.Secrets;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.WireForm;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an MDN is sent that somebody asked for, and where never. */
class MdnAddressTests {

    private static final AtomicInteger CONNECTIONS = new AtomicInteger();
    private static final AtomicInteger STATUS = new AtomicInteger();

    /** Names that lead to this machine, as an attacker's server would say. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("as2.acme.example", List.of("127.0.0.1")),
            Map.entry("two.acme.example", List.of("93.184.215.14", "127.0.0.1")),
            Map.entry("six.acme.example", List.of("::1")),
            Map.entry("mapped.acme.example", List.of("::ffff:127.0.0.1")),
            Map.entry("metadata.acme.example", List.of("169.254.169.254")),
            Map.entry("localhost", List.of("127.0.0.1")));

    private static Workbench hub;
    private static HttpServer server;

    @BeforeAll
    static void listen() throws IOException {
        hub = new Workbench(TestDatabase.h2()).start();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        server.createContext("/", exchange -> {
            CONNECTIONS.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:%d/else".formatted(port()));
            exchange.sendResponseHeaders(STATUS.get(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        hub.close();
    }

    @BeforeEach
    void nobodyCame() {
        CONNECTIONS.set(0);
        STATUS.set(200);
    }

    static Stream<String> spellingsOfWhatIsNotPublic() {
        return Stream.of(
                // this machine, in decimal, octal, hexadecimal and short
                "http://127.0.0.1:PORT/mdn",
                "http://127.0.0.1.:PORT/mdn",
                "http://127.1:PORT/mdn",
                "http://127.0.1:PORT/mdn",
                "http://2130706433:PORT/mdn",
                "http://017700000001:PORT/mdn",
                "http://0177.0.0.1:PORT/mdn",
                "http://0177.0.0.01:PORT/mdn",
                "http://0x7f.0.0.1:PORT/mdn",
                "http://0x7f000001:PORT/mdn",
                "http://0X7F000001:PORT/mdn",
                "http://127.000.000.001:PORT/mdn",
                "http://127.127.127.127:PORT/mdn",
                "http://0:PORT/mdn",
                "http://0.0.0.0:PORT/mdn",
                "http://localhost:PORT/mdn",
                "http://LOCALHOST:PORT/mdn",
                "http://localhost.:PORT/mdn",
                "http://localhost%00.acme.example:PORT/mdn",
                // in IPv6
                "http://[::1]:PORT/mdn",
                "http://[0:0:0:0:0:0:0:1]:PORT/mdn",
                "http://[0000::0001]:PORT/mdn",
                "http://[::]:PORT/mdn",
                "http://[::127.0.0.1]:PORT/mdn",
                "http://[::ffff:127.0.0.1]:PORT/mdn",
                "http://[::FFFF:7F00:1]:PORT/mdn",
                "http://[::ffff:0:127.0.0.1]:PORT/mdn",
                "http://[64:ff9b::127.0.0.1]:PORT/mdn",
                "http://[64:ff9b::7f00:1]:PORT/mdn",
                "http://[64:ff9b:1::7f00:1]:PORT/mdn",
                "http://[2002:7f00:1::]:PORT/mdn",
                "http://[2002:a00:1::1]:PORT/mdn",
                "http://[2001:0:7f00:1::]:PORT/mdn",
                "http://[fe80::1]:PORT/mdn",
                "http://[fe80::1%25eth0]:PORT/mdn",
                "http://[fe80::5efe:127.0.0.1]:PORT/mdn",
                "http://[2606:4700::5efe:10.0.0.1]:PORT/mdn",
                "http://[fec0::1]:PORT/mdn",
                "http://[fc00::1]:PORT/mdn",
                "http://[fd12:3456:789a::1]:PORT/mdn",
                "http://[ff02::1]:PORT/mdn",
                "http://[100::1]:PORT/mdn",
                "http://[2001:db8::1]:PORT/mdn",
                // networks
                "http://10.0.0.1:PORT/mdn",
                "http://10.255.255.255:PORT/mdn",
                "http://012.0.0.1:PORT/mdn",
                "http://0xa.0.0.1:PORT/mdn",
                "http://172.16.0.1:PORT/mdn",
                "http://172.31.255.254:PORT/mdn",
                "http://192.168.1.1:PORT/mdn",
                "http://3232235777:PORT/mdn",
                "http://100.64.0.1:PORT/mdn",
                "http://100.127.255.254:PORT/mdn",
                "http://169.254.169.254/latest/meta-data",
                "http://2852039166/latest/meta-data",
                "http://192.0.0.8:PORT/mdn",
                "http://198.18.0.1:PORT/mdn",
                "http://198.19.255.255:PORT/mdn",
                "http://224.0.0.1:PORT/mdn",
                "http://240.0.0.1:PORT/mdn",
                "http://255.255.255.255:PORT/mdn",
                // names that lead there
                "http://as2.acme.example:PORT/mdn",
                "http://two.acme.example:PORT/mdn",
                "http://six.acme.example:PORT/mdn",
                "http://mapped.acme.example:PORT/mdn",
                "http://metadata.acme.example/mdn",
                // what readers of addresses disagree about
                "http://as2.acme.example@127.0.0.1:PORT/mdn",
                "http://127.0.0.1:PORT@as2.acme.example/mdn",
                "http://user:secret@127.0.0.1:PORT/mdn",
                "http://as2.acme.example:80@127.0.0.1:PORT/mdn",
                "http://as2.acme.example\\@127.0.0.1:PORT/mdn",
                "http://127.0.0.1:PORT\\@as2.acme.example/mdn",
                "http:\\\\127.0.0.1:PORT\\mdn",
                "http://127.0.0.1:PORT#@as2.acme.example/",
                "http://127.0.0.1:PORT?@as2.acme.example/",
                "http://127.0.0.1%3APORT/mdn",
                "http://%31%32%37.0.0.1:PORT/mdn",
                "http://127%2e0%2e0%2e1:PORT/mdn",
                "http://①②⑦.⓪.⓪.①:PORT/mdn",
                "http://127。0。0。1:PORT/mdn",
                "http://١٢٧.٠.٠.١:PORT/mdn",
                "http://ⓛocalhost:PORT/mdn",
                "http://127.0.0.1\t:PORT/mdn",
                "http://127.0.0.1:PORT/mdn\r\nX-Injected: 1",
                " http://127.0.0.1:PORT/mdn",
                "http:///127.0.0.1:PORT/mdn",
                "http:/127.0.0.1:PORT/mdn",
                "http:127.0.0.1:PORT/mdn",
                "//127.0.0.1:PORT/mdn",
                "127.0.0.1:PORT/mdn",
                "http://127.0.0.1:PORT/mdn http://as2.acme.example/mdn",
                "http://127.0.0.1:00000PORT/mdn",
                "http://127.0.0.1:+PORT/mdn",
                "HTTP://127.0.0.1:PORT/mdn",
                "hTTp://LOCALHOST:PORT/mdn",
                // other ways to travel
                "file:///etc/passwd",
                "FILE:///etc/passwd",
                "gopher://127.0.0.1:PORT/_POST%20/",
                "ftp://127.0.0.1:PORT/mdn",
                "dict://127.0.0.1:PORT/stat",
                "jar:http://127.0.0.1:PORT/a.jar!/",
                "mailto:edi@acme.example",
                "ldap://127.0.0.1:PORT/",
                "data:text/plain,mdn",
                "javascript:alert(1)",
                "");
    }

    /** Even where the profile lists exactly what stands between the slashes. */
    @ParameterizedTest
    @MethodSource("spellingsOfWhatIsNotPublic")
    void whatIsNotPublicIsNeverConnectedToHoweverItIsSpelled(String spelling) {
        String url = spelling.replace("PORT", Integer.toString(port()));
        String listed = url.replaceFirst("^[^/]*//", "").replaceFirst("/.*", "").toLowerCase(Locale.ROOT);
        assertThat(carry(url, new MdnHosts(List.of(listed, listed.replaceFirst(":[0-9]+$", "")), false)))
                .isInstanceOf(Carried.Failed.class);
        assertThat(CONNECTIONS).hasValue(0);
    }

    @Test
    void thereAreManySpellings() {
        assertThat(spellingsOfWhatIsNotPublic().distinct()).hasSizeGreaterThan(100);
    }

    /** So that nothing above is refused for want of a server. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "as2.acme.example", "AS2.ACME.EXAMPLE", "localhost"})
    void whatThePartnerMayHaveInAPrivateNetworkIsConnectedTo(String host) {
        String url = "http://%s:%d/mdn?x=%%20y".formatted(host, port());
        String listed = "%s:%d".formatted(host, port()).toLowerCase(Locale.ROOT);
        assertThat(carry(url, new MdnHosts(List.of(listed), true))).isInstanceOf(Carried.Confirmed.class);
        assertThat(CONNECTIONS).hasValue(1);
        assertThat(carry(url, new MdnHosts(List.of("other.acme.example", "acme.example"), true)))
                .isInstanceOfSatisfying(
                        Carried.Failed.class,
                        failed -> assertThat(failed.reason()).contains("does not list"));
        assertThat(CONNECTIONS).hasValue(1);
    }

    @Test
    void isConnectedToAsItWasCheckedWhateverTheNameMeansAMomentLater() {
        AtomicInteger asked = new AtomicInteger();
        MdnAddress.Names rebinding = host ->
                new InetAddress[] {InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254")
                };
        String listed = "as2.acme.example:" + port();
        assertThat(carry("http://%s/mdn".formatted(listed), new MdnHosts(List.of(listed), true), rebinding))
                .isInstanceOf(Carried.Confirmed.class);
        assertThat(asked).hasValue(1);
        assertThat(CONNECTIONS).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"302, false", "404, false", "500, true", "429, true", "401, false"})
    void isNotFollowedElsewhereAndWhatIsNoTwoHundredIsNoConfirmation(int status, boolean again) {
        STATUS.set(status);
        String listed = "127.0.0.1:" + port();
        assertThat(carry("http://%s/mdn".formatted(listed), new MdnHosts(List.of(listed), true)))
                .isInstanceOfSatisfying(
                        Carried.Failed.class,
                        failed -> assertThat(failed.again()).isEqualTo(again));
        assertThat(CONNECTIONS).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "https://as2.acme.example/mdn, as2.acme.example, true",
        "https://AS2.Acme.Example/mdn, as2.acme.example, true",
        "https://as2.acme.example:443/mdn, as2.acme.example, true",
        "http://as2.acme.example, as2.acme.example, true",
        "https://as2.acme.example:4080/mdn, as2.acme.example:4080, true",
        "https://as2.acme.example:4080/mdn, as2.acme.example, false",
        "https://as2.acme.example/mdn, as2.acme.example:4080, false",
        "http://as2.acme.example/mdn, as2.acme.example:443, false",
        "https://x.as2.acme.example/mdn, as2.acme.example, false",
        "https://as2.acme.example.evil.example/mdn, as2.acme.example, false",
        "https://acme.example/mdn, as2.acme.example, false",
        "https://xn--caf-dma.example/mdn, xn--caf-dma.example, true"
    })
    void isListedByItsExactHostAndPort(String url, String listed, boolean allowed) {
        assertThat(MdnAddress.of(url).orElseThrow().listedIn(new MdnHosts(List.of(listed), false)))
                .isEqualTo(allowed);
        assertThat(MdnAddress.of(url).orElseThrow().listedIn(null)).isFalse();
    }

    private static Carried carry(String url, MdnHosts hosts) {
        return carry(url, hosts, MdnAddressTests::addresses);
    }

    private static InetAddress[] addresses(String host) throws UnknownHostException {
        List<String> known = NAMES.get(host);
        if (known == null && !host.contains(":") && !host.matches("[0-9a-fA-FxX.]+")) {
            throw new UnknownHostException(host); // No test asks a name server.
        }
        if (known == null) {
            return InetAddress.getAllByName(host);
        }
        InetAddress[] addresses = new InetAddress[known.size()];
        for (int each = 0; each < addresses.length; each++) {
            addresses[each] = InetAddress.getByName(known.get(each));
        }
        return addresses;
    }

    private static Carried carry(String url, MdnHosts hosts, MdnAddress.Names names) {
        byte[] bytes = {'M', 'D', 'N'};
        PartyId acme = new PartyId("acme");
        Entry mdn = hub.get(Archive.class)
                .append(Draft.of(As2Evidence.MDN_SENT, Map.of(As2Evidence.MDN_URL, url, "as2-from", "LONJA"), bytes));
        TradingPartner partner = new TradingPartner(
                acme,
                "Acme",
                Set.of(),
                Set.of(),
                List.of(),
                Currency.getInstance("EUR"),
                TradingPartner.DuplicatePolicy.TA1,
                false,
                false,
                InterchangeNumbers.ANY,
                WireForm.USUAL,
                new Channels(
                        new As2Channel(
                                Set.of(Requirement.SIGNED), Set.of(), "a test", hosts, null, List.of(), List.of()),
                        null,
                        "acme"),
                "1");
        return new MdnSender(
                        hub.get(Archive.class),
                        new As2Connection(Duration.ofSeconds(5), Clock.systemUTC()),
                        new Lines(Secrets.in(Path.of("target")), KeySafe.in(DataFolder.at(Path.of("target")))),
                        names)
                .carry(new Departure(
                        new Delivery.Owed(
                                mdn.id(), acme, "mdn", null, mdn.payloadDigest(), 3, mdn.arrivedAt(), As2Evidence.MDN),
                        partner,
                        1));
    }

    private static int port() {
        return server.getAddress().getPort();
    }
}
