package io.lonja.force;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trading partners under load, in a JVM of their own: a member who orders by HTTPS, AS2 and SFTP, each sender by one of
 * them, and a supplier who invoices by HTTPS.
 *
 * <p>Each sender writes down what it is about to send, sends it, repeats the same until it is answered, and writes down
 * what it was told. It knows nothing else. Arguments: base address, folder for the journals, seed, senders per partner,
 * then triples {@code partner clientId clientSecret}, the first the member, the second the supplier; then the folder of
 * the member's AS2 keys, the hub's AS2 certificate, the member's SSH key and the hub's SFTP port. It stops when a file
 * {@code stop} appears in the folder, after every message in hand was answered.
 */
public final class LoadClient {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(150);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"?([^\",}]+)");

    private final URI base;
    private final Path folder;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();

    private LoadClient(URI base, Path folder) {
        this.base = base;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        LoadClient client = new LoadClient(URI.create(arguments[0]), Path.of(arguments[1]));
        long seed = Long.parseLong(arguments[2]);
        int sendersPerPartner = Integer.parseInt(arguments[3]);
        Credentials member = new Credentials(arguments[4], arguments[5], arguments[6]);
        Credentials supplier = new Credentials(arguments[7], arguments[8], arguments[9]);
        Door as2 = new Door.As2Door(
                Path.of(arguments[10]), member.partner.toUpperCase(), client.base, Path.of(arguments[11]));
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < sendersPerPartner; sender++) {
            int lane = sender;
            Door door = switch (lane % 3) {
                case 1 -> as2;
                case 2 -> new Door.SftpDoor(Path.of(arguments[12]), Integer.parseInt(arguments[13]), member.partner);
                default -> null;
            };
            senders.add(new Thread(() -> client.trade(lane, door, member, supplier, new Random(seed * 1_000 + lane))));
        }
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        System.out.printf("answered %d attempts %d%n", client.answered.get(), client.attempts.get());
    }

    /** One member's orders and the supplier's invoices for them, one after the other. */
    private void trade(int lane, @Nullable Door door, Credentials member, Credentials supplier, Random random) {
        try (Writer journal = Files.newBufferedWriter(folder.resolve("journal-" + lane + ".tsv"))) {
            for (int trade = 1; !Files.exists(folder.resolve("stop")); trade++) {
                String number = "K%02d%06d".formatted(lane, trade);
                int control = (lane + 1) * 1_000_000 + trade;
                int quantity = 1 + random.nextInt(900);
                int priceCents = 100 + random.nextInt(20_000);
                send(
                        journal,
                        door,
                        member,
                        "850",
                        number,
                        0,
                        order(member, supplier, control, number, quantity, priceCents));
                long net = (long) quantity * priceCents;
                send(
                        journal,
                        null,
                        supplier,
                        "810",
                        number,
                        net,
                        invoice(member, supplier, control, number, quantity, priceCents));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void send(
            Writer journal,
            @Nullable Door door,
            Credentials from,
            String type,
            String number,
            long netCents,
            String edi)
            throws IOException {
        String key = type + "-" + number;
        Path copy = folder.resolve(key + ".edi");
        Files.writeString(copy, edi, StandardCharsets.ISO_8859_1);
        journal.write(String.join("\t", "sending", from.partner, type, number, key, Long.toString(netCents)) + "\n");
        journal.flush();
        String id = door == null ? untilAnswered(from, key, edi) : untilPromised(door, key, edi);
        journal.write(
                String.join("\t", "answered", from.partner, type, number, key, Long.toString(netCents), id) + "\n");
        journal.flush();
        answered.incrementAndGet();
    }

    /** How the judge finds a receipt whose id the sender was not told. */
    private String untilPromised(Door door, String key, String edi) {
        do {
            attempts.incrementAndGet();
            if (door.promised(key, edi)) {
                return door instanceof Door.As2Door
                        ? "messageId=" + Door.As2Door.messageId(key)
                        : "controlNumber=" + edi.substring(90, 99);
            }
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        } while (true);
    }

    private String untilAnswered(Credentials from, String key, String edi) {
        while (true) {
            attempts.incrementAndGet();
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(base.resolve("/api/v1/interchanges"))
                                .timeout(REQUEST_TIMEOUT)
                                .header("Authorization", "Bearer " + from.token(http, base))
                                .header("Content-Type", "application/EDI-X12")
                                .header("Idempotency-Key", key)
                                .POST(BodyPublishers.ofString(edi, StandardCharsets.ISO_8859_1))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() == 200 || answer.statusCode() == 202) {
                    return first(ID, answer.body());
                }
                if (answer.statusCode() == 401) {
                    from.forgetToken();
                } else if (answer.statusCode() < 500 && answer.statusCode() != 409 && answer.statusCode() != 429) {
                    throw new IllegalStateException(
                            "%s was refused: %d %s".formatted(key, answer.statusCode(), answer.body()));
                }
            } catch (IOException e) {
                from.forgetToken();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("No %s in %s".formatted(pattern, text));
        }
        return matcher.group(1);
    }

    private static String order(
            Credentials member, Credentials supplier, int control, String number, int quantity, int priceCents) {
        return envelope(
                member.partner,
                supplier.partner,
                control,
                "PO",
                "850",
                List.of(
                        "BEG*00*SA*" + number + "**20261102",
                        "CUR*BY*EUR",
                        "N1*BY*Member*92*" + member.partner,
                        "N1*SE*Supplier*92*" + supplier.partner,
                        "PO1*1*%d*EA*%s**VN*ITEM-1".formatted(quantity, decimal(priceCents)),
                        "CTT*1"));
    }

    private static String invoice(
            Credentials member, Credentials supplier, int control, String number, int quantity, int priceCents) {
        return envelope(
                supplier.partner,
                member.partner,
                control,
                "IN",
                "810",
                List.of(
                        "BIG*20261103*I" + number + "*20261102*" + number,
                        "CUR*SE*EUR",
                        "N1*BY*Member*92*" + member.partner,
                        "N1*SE*Supplier*92*" + supplier.partner,
                        "IT1*1*%d*EA*%s**VN*ITEM-1".formatted(quantity, decimal(priceCents)),
                        "TDS*" + (long) quantity * priceCents,
                        "CTT*1"));
    }

    private static String decimal(int cents) {
        return "%d.%02d".formatted(cents / 100, cents % 100);
    }

    private static String envelope(
            String from, String to, int control, String functionalIdentifier, String set, List<String> segments) {
        StringBuilder edi = new StringBuilder();
        edi.append("ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*261102*0900*U*00401*%09d*0*P*>~"
                .formatted(from.toUpperCase(), to.toUpperCase(), control));
        edi.append("GS*%s*%s*%s*20261102*0900*%d*X*004010~"
                .formatted(functionalIdentifier, from.toUpperCase(), to.toUpperCase(), control));
        edi.append("ST*%s*0001~".formatted(set));
        segments.forEach(segment -> edi.append(segment).append('~'));
        edi.append("SE*%d*0001~GE*1*%d~IEA*1*%09d~".formatted(segments.size() + 2, control, control));
        return edi.toString();
    }

    /** What a partner was given by the operator, and the token it got for it. */
    private static final class Credentials {

        private final String partner;
        private final String clientId;
        private final String clientSecret;
        private volatile String token;

        private Credentials(String partner, String clientId, String clientSecret) {
            this.partner = partner;
            this.clientId = clientId;
            this.clientSecret = clientSecret;
        }

        private void forgetToken() {
            token = null;
        }

        private synchronized String token(HttpClient http, URI base) throws IOException, InterruptedException {
            if (token == null) {
                String basic = URLEncoder.encode(clientId, StandardCharsets.UTF_8) + ":"
                        + URLEncoder.encode(clientSecret, StandardCharsets.UTF_8);
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(base.resolve("/oauth2/token"))
                                .timeout(REQUEST_TIMEOUT)
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IOException("No token: " + answer.statusCode());
                }
                token = first(TOKEN, answer.body());
            }
            return token;
        }
    }
}
