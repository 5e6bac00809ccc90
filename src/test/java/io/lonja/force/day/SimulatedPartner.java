package io.lonja.force.day;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.force.day.Wire.Interchange;
import io.lonja.force.day.Wire.Message;
import io.lonja.force.day.Wire.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A partner's own software: it brings interchanges, takes what the hub has for it, reads and acknowledges it. */
final class SimulatedPartner {

    static final String ACCEPTED = "accepted";
    static final String REFUSED = "refused as a repeated number";

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
    private final HubApi api;
    private final Channel channel;
    private final List<Interchange> unacknowledged = new ArrayList<>();
    private long control = 1_000;

    /** @param channel by which it hands interchanges over; its other questions it asks the API */
    SimulatedPartner(Firm firm, HubApi api, Channel channel) {
        this.firm = firm;
        this.pen = Pen.of(firm);
        this.api = api;
        this.channel = channel;
    }

    /** Brings these in one interchange of its own. */
    void send(Kind kind, List<Paper> papers) throws IOException {
        channel.bring(write(kind, papers));
    }

    /** The same with the same bytes once more, as after an answer that was lost. */
    void sendTwice(Kind kind, List<Paper> papers) throws IOException {
        byte[] bytes = write(kind, papers);
        channel.bring(bytes);
        channel.bringAgain(bytes);
    }

    /** Under a number that another interchange has. */
    void sendUnderUsedNumber(Kind kind, List<Paper> papers) throws IOException {
        long used = control;
        Objects.requireNonNull(answersDue.get(used)).add(REFUSED);
        channel.bring(bytes(pen.interchange(used, kind, papers)));
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

    /** What the hub would make of these, and keeps nothing. */
    JsonNode tries(Kind kind, List<Paper> papers) {
        return api.post("interchanges?dry_run=true", bytes(pen.interchange(1, kind, papers)), 200);
    }

    /** Takes and reads what the hub has for it. */
    void fetch() throws IOException {
        for (byte[] interchange : channel.collect()) {
            take(Wire.read(interchange));
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
    void acknowledge() throws IOException {
        if (!unacknowledged.isEmpty()) {
            control++;
            channel.bring(bytes(pen.accepts(control, unacknowledged)));
            unacknowledged.clear();
        }
    }

    JsonNode get(String path) {
        return api.get(path);
    }
}
