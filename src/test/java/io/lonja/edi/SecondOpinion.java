package io.lonja.edi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xlate.edi.schema.EDISchemaException;
import io.xlate.edi.schema.Schema;
import io.xlate.edi.schema.SchemaFactory;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What StAEDI says of whole interchanges: of the envelopes by its own control schemas, of the sets by the {@code
 * structure.xml} of these guides.
 */
public final class SecondOpinion {

    private final Path schemas;
    private final InterchangeParser parser;

    /** @param schemas the guides, of which the set and its version choose one as they do when it is read here */
    public SecondOpinion(Path schemas) {
        this.schemas = schemas;
        this.parser = InterchangeParser.with(Guides.load(schemas));
    }

    /** Every error that StAEDI finds in the payload, in wire order: {@code UNB03.2 INVALID_CODE_VALUE ZZ}. */
    public List<String> errors(byte[] payload) {
        List<String> errors = new ArrayList<>();
        List<Interchange> interchanges = parser.parse(payload).interchanges();
        String charset = interchanges.stream()
                .map(Interchange::envelope)
                .filter(envelope -> envelope.standard() == Standard.EDIFACT)
                .findFirst()
                .map(envelope ->
                        WireText.of(envelope.version().replaceFirst(":.*", "")).charset())
                .orElse(UTF_8)
                .name();
        Iterator<GuideId> guides = interchanges.stream()
                .flatMap(interchange -> interchange.groups().stream())
                .flatMap(group -> group.transactionSets().stream())
                .map(TransactionSet::guide)
                .iterator();
        try {
            EDIStreamReader reader =
                    EDIInputFactory.newFactory().createEDIStreamReader(new ByteArrayInputStream(payload), charset);
            while (reader.hasNext()) {
                EDIStreamEvent event = reader.next();
                if (event == EDIStreamEvent.START_TRANSACTION) {
                    reader.setTransactionSchema(schema(guides.next()));
                } else if (event.isError()) {
                    errors.add(error(reader));
                }
            }
        } catch (EDIStreamException e) {
            errors.add(e.toString());
        }
        return errors;
    }

    private static String error(EDIStreamReader reader) {
        Location at = reader.getLocation();
        String place = at.getElementPosition() < 1
                ? ""
                : at.getComponentPosition() < 1
                        ? "%02d".formatted(at.getElementPosition())
                        : "%02d.%d".formatted(at.getElementPosition(), at.getComponentPosition());
        String value = reader.getEventType() == EDIStreamEvent.ELEMENT_DATA_ERROR ? " " + reader.getText() : "";
        return at.getSegmentTag() + place + " " + reader.getErrorType() + value;
    }

    private Schema schema(GuideId guide) {
        Path structure = schemas.resolve(guide.value()).resolve(Guides.STRUCTURE);
        try (var in = Files.newInputStream(structure)) {
            return SchemaFactory.newFactory().createSchema(in);
        } catch (EDISchemaException | IOException e) {
            throw new AssertionError("StAEDI does not take %s: %s".formatted(structure, e.getMessage()), e);
        }
    }
}
