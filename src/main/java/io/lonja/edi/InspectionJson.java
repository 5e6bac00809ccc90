package io.lonja.edi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** What became of everything, and all errors, as one object on one line. */
final class InspectionJson implements ReadingVisitor {

    /** ASCII only: it may be read on a terminal, to which some characters of a payload would be commands. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final JsonGenerator out;

    InspectionJson(Writer out) throws IOException {
        this.out = JSON.createGenerator(out);
    }

    void begin(String file, Phrase outcome) {
        write(() -> {
            out.writeStartObject();
            out.writeStringField("file", file);
            out.writeStringField("outcome", wireName(outcome));
            out.writeArrayFieldStart("interchanges");
        });
    }

    void end(List<SyntaxError> outside) {
        write(() -> {
            out.writeEndArray();
            errors(outside);
            out.writeEndObject();
            out.close();
        });
    }

    @Override
    public void beginInterchange(Interchange interchange) {
        Envelope envelope = interchange.envelope();
        write(() -> {
            out.writeStartObject();
            out.writeStringField("standard", envelope.standard().name());
            out.writeStringField("sender", envelope.sender().toString());
            out.writeStringField("receiver", envelope.receiver().toString());
            out.writeStringField("controlNumber", envelope.controlNumber());
            out.writeStringField("version", envelope.version());
            out.writeStringField("date", envelope.date());
            out.writeStringField("time", envelope.time());
            out.writeBooleanField("test", envelope.test());
            out.writeBooleanField("acknowledgmentRequested", envelope.acknowledgmentRequested());
            out.writeBooleanField("refused", interchange.refused());
            out.writeArrayFieldStart("groups");
        });
    }

    @Override
    public void beginGroup(FunctionalGroup group) {
        write(() -> {
            out.writeStartObject();
            out.writeStringField("functionalIdentifier", group.functionalIdentifier());
            out.writeStringField("sender", group.senderCode());
            out.writeStringField("receiver", group.receiverCode());
            out.writeStringField("controlNumber", group.controlNumber());
            out.writeStringField("version", group.version());
            out.writeBooleanField("refused", group.refused());
            out.writeArrayFieldStart("transactionSets");
        });
    }

    @Override
    public void transactionSet(TransactionSet set) {
        write(() -> {
            out.writeStartObject();
            out.writeStringField("type", set.type());
            out.writeStringField("controlNumber", set.controlNumber());
            GuideId guide = set.guide();
            if (guide != null) {
                out.writeStringField("guide", guide.value());
            }
            out.writeStringField("verdict", wireName(InterchangeTree.outcome(set.verdict())));
            range(set.bytes().from(), set.bytes().to());
            errors(set.verdict().errors());
            out.writeEndObject();
        });
    }

    @Override
    public void endGroup(FunctionalGroup group) {
        write(() -> {
            out.writeEndArray();
            range(group.bytes().from(), group.bytes().to());
            errors(group.errors());
            out.writeEndObject();
        });
    }

    @Override
    public void endInterchange(Interchange interchange) {
        write(() -> {
            out.writeEndArray();
            range(interchange.bytes().from(), interchange.bytes().to());
            out.writeArrayFieldStart("acknowledgments");
            for (Segment note : interchange.acknowledgments()) {
                out.writeStartObject();
                out.writeStringField("of", note.element(1));
                out.writeStringField("accepted", note.element(4));
                out.writeStringField("noteCode", note.element(5));
                out.writeEndObject();
            }
            out.writeEndArray();
            errors(interchange.errors());
            out.writeEndObject();
        });
    }

    /** {@code accepted-with-errors}, in every language. */
    private static String wireName(Phrase outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void errors(List<SyntaxError> errors) throws IOException {
        out.writeArrayFieldStart("errors");
        for (SyntaxError error : errors) {
            out.writeStartObject();
            out.writeNumberField("segment", error.segment());
            out.writeStringField("segmentId", error.segmentId());
            out.writeNumberField("element", error.element());
            out.writeNumberField("component", error.component());
            out.writeStringField("code", error.code().wireName());
            out.writeStringField("message", error.sentence());
            out.writeStringField("found", error.found());
            out.writeNumberField("byte", error.bytes().from());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void range(long from, long to) throws IOException {
        out.writeObjectFieldStart("bytes");
        out.writeNumberField("from", from);
        out.writeNumberField("to", to);
        out.writeEndObject();
    }

    private static void write(Fields fields) {
        try {
            fields.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Fields {
        void write() throws IOException;
    }
}
