package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.xlate.edi.schema.EDISchemaException;
import io.xlate.edi.schema.SchemaFactory;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An interchange of X12 005010 with repetitions, a guide for it, and what StAEDI says of whole interchanges. */
final class LaterFixture {

    static final Path CONFIG = Path.of("src/test/resources/edi/later");
    static final InterchangeParser PARSER = InterchangeParser.with(Guides.load(CONFIG.resolve("schemas")));
    static final String BENEFITS = new String(EdiFixture.bytes(CONFIG.resolve("benefits.edi")), ISO_8859_1);

    private LaterFixture() {}

    static Reading read(String text) {
        return PARSER.parse(text.getBytes(ISO_8859_1));
    }

    static Interchange interchange(String text) {
        return read(text).interchanges().get(0);
    }

    /** Every error that StAEDI finds in the interchange, its envelopes by its own control schemas, its sets by this guide. */
    static List<String> secondOpinion(byte[] interchange, Path guide) {
        List<String> errors = new ArrayList<>();
        try (var structure = Files.newInputStream(guide.resolve(Guides.STRUCTURE))) {
            EDIStreamReader reader =
                    EDIInputFactory.newFactory().createEDIStreamReader(new ByteArrayInputStream(interchange), "UTF-8");
            var schema = SchemaFactory.newFactory().createSchema(structure);
            while (reader.hasNext()) {
                EDIStreamEvent event = reader.next();
                if (event == EDIStreamEvent.START_TRANSACTION) {
                    reader.setTransactionSchema(schema);
                } else if (event.isError()) {
                    errors.add("%s %s %s".formatted(event, reader.getErrorType(), reader.getLocation()));
                }
            }
        } catch (EDIStreamException | EDISchemaException | IOException e) {
            errors.add(e.toString());
        }
        return errors;
    }
}
