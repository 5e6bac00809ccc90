package io.lonja.force.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.force.day.Wire.Interchange;
import io.lonja.force.day.Wire.Message;
import io.lonja.force.day.Wire.Segment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A partner's own software: it posts interchanges over HTTPS, fetches what the hub has for it, reads and acknowledges it. */
final class SimulatedPartner {

    static final String ACCEPTED = "accepted";
    static final String REFUSED = "refused as a repeated number";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ACKNOWLEDGMENTS = Set.of("997", "CONTRL");

    final Firm firm;
    /** Orders as they arrived and were changed, by number. */
    final Map<String, Paper> ordersRead = new HashMap<>();
    /** All that arrived and was not looked at yet. */
    final List<Paper> inbox = new ArrayList<>();
    /** What the hub answered to what was sent, by control number; and what it must have answered. */
    final Map<Long, List<String>> answers = new TreeMap<>();

    final Map<Long, List<String>> answersDue = new TreeMap<>();
    private final Pen pen;
    private final HttpClient http;
    private final URI api;
    private final String token;
    private final List<Interchange> unacknowledged = new ArrayList<>();
    private long control = 1_000;

    SimulatedPartner(Firm firm, HttpClient http, URI hub, String token) {
        this.firm = firm;
        this.pen = Pen.of(firm);
        this.http = http;
        this.api = hub.resolve("/api/v1/");
        this.token = token;
    }

    /** Posts these in one interchange of its own; its receipt. */
    String send(Kind kind, List<Paper> papers) {
        return post(write(kind, papers), 202);
    }

    /** The same with the same bytes once more, as after an answer that was lost: it is the same receipt. */
    String sendTwice(Kind kind, List<Paper> papers) {
        byte[] bytes = write(kind, papers);
        String receipt = post(bytes, 202);
        if (!post(bytes, 200).equals(receipt)) {
            throw new AssertionError(firm.id() + " has two receipts for the same bytes");
        }
        return receipt;
    }

    /** Under a number that another interchange has. */
    String sendUnderUsedNumber(Kind kind, List<Paper> papers) {
        long used = control;
        Objects.requireNonNull(answersDue.get(used)).add(REFUSED);
        return post(bytes(pen.interchange(used, kind, papers)), 202);
    }

    boolean hasSent() {
        return answersDue.containsKey(control);
    }

    private byte[] write(Kind kind, List<Paper> papers) {
        control++;
        answersDue.computeIfAbsent(control, unknown -> new ArrayList<>()).add(ACCEPTED);
        return bytes(pen.interchange(control, kind, papers));
    }

    private static byte[] bytes(String interchange) {
        return interchange.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String post(byte[] interchange, int status) {
        return json(call("POST", "interchanges", interchange, status)).get("id").asText();
    }

    /** What the hub would make of these, and keeps nothing. */
    JsonNode tries(Kind kind, List<Paper> papers) {
        return json(call("POST", "interchanges?dry_run=true", bytes(pen.interchange(1, kind, papers)), 200));
    }

    /** Fetches what waits, and says that it has it. */
    void fetch() {
        for (JsonNode delivery : json(call("GET", "deliveries?status=pending&limit=500", new byte[0], 200))
                .get("items")) {
            String id = delivery.get("id").asText();
            Interchange read = Wire.read(call("GET", "deliveries/%s/payload".formatted(id), new byte[0], 200));
            call("POST", "deliveries/%s/received".formatted(id), new byte[0], 200);
            take(read);
        }
    }

    private void take(Interchange read) {
        for (Segment segment : read.outside()) {
            if (segment.tag().equals("TA1")) {
                answered(segment.at(1), segment.at(5).equals("025") ? REFUSED : segment.toString());
            }
        }
        for (Message message : read.messages()) {
            if (ACKNOWLEDGMENTS.contains(message.type())) {
                acknowledged(message);
            } else {
                Paper paper = PaperReader.paper(message);
                inbox.add(paper);
                if (paper.kind() == Kind.ORDER) {
                    ordersRead.put(paper.number(), paper);
                } else if (paper.kind() == Kind.CHANGE) {
                    ordersRead.computeIfPresent(paper.onlyOrder(), (order, known) -> known.changedBy(paper));
                }
            }
        }
        if (read.messages().stream().anyMatch(message -> !ACKNOWLEDGMENTS.contains(message.type()))) {
            unacknowledged.add(read);
        }
    }

    private void acknowledged(Message message) {
        boolean accepted = true;
        String number = "";
        String said = message.segments().toString();
        for (Segment segment : message.segments()) {
            switch (segment.tag()) {
                case "AK1" -> number = segment.at(2);
                case "AK5", "AK9" -> accepted &= segment.at(1).equals("A");
                case "UCI" -> {
                    number = segment.at(1);
                    accepted &= segment.at(4).equals("7");
                    if (segment.at(4).equals("4") && segment.at(5).equals("26")) {
                        said = REFUSED;
                    }
                }
                case "UCM" -> accepted &= segment.at(3).equals("7");
                default -> {}
            }
        }
        answered(number, accepted ? ACCEPTED : said);
    }

    private void answered(String number, String answer) {
        List<String> all = answers.computeIfAbsent(Long.parseLong(number), first -> new ArrayList<>());
        all.add(answer);
        Collections.sort(all);
    }

    /** Whether an answer to something it sent is still to come. */
    boolean waits() {
        int came = answers.values().stream().mapToInt(List::size).sum();
        return came < answersDue.values().stream().mapToInt(List::size).sum();
    }

    /** Acknowledges what it read since the last time, in one interchange. */
    void acknowledge() {
        if (!unacknowledged.isEmpty()) {
            control++;
            post(bytes(pen.accepts(control, unacknowledged)), 202);
            unacknowledged.clear();
        }
    }

    JsonNode get(String path) {
        return json(call("GET", path, new byte[0], 200));
    }

    private byte[] call(String method, String path, byte[] body, int status) {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(api.resolve(path))
                            .timeout(Duration.ofSeconds(60))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", body.length == 0 ? "application/json" : "application/octet-stream")
                            .method(
                                    method,
                                    body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (answer.statusCode() != status) {
                throw new AssertionError("%s %s of %s is answered %d: %s%n%s"
                        .formatted(
                                method,
                                path,
                                firm.id(),
                                answer.statusCode(),
                                Wire.text(answer.body()),
                                Wire.text(body)));
            }
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError("%s %s of %s is not answered".formatted(method, path, firm.id()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + Wire.text(body), e);
        }
    }
}
