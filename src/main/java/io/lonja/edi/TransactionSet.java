package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From ST to SE, or from UNH to UNT.
 *
 * @param type ST01 or UNH S009.0065: {@code 850}, {@code ORDERS}
 * @param controlNumber ST02 or UNH 0062, as written
 * @param guide that judged it; null when none is known for its type and version
 * @param content loop structure by the guide, header and trailer segments included; segments that the guide does not
 *     place stand where they came
 * @param bytes in the payload
 */
public record TransactionSet(
        String type, String controlNumber, @Nullable GuideId guide, Loop content, Verdict verdict, ByteRange bytes) {

    /** The same with nothing in it but its header, which no longer looks at the payload. */
    TransactionSet withHeaderOnly() {
        List<Node> header = content.nodes().stream()
                .limit(1)
                .filter(Segment.class::isInstance)
                .map(Segment.class::cast)
                .<Node>map(it -> new Segment(it.id(), it.position(), it.bytes(), List.copyOf(it.elements())))
                .toList();
        return new TransactionSet(type, controlNumber, guide, new Loop(content.name(), header), verdict, bytes);
    }

    /** The same, refused because what is around it is; said once, whatever else is refused around that. */
    TransactionSet refused(Standard standard, ErrorCode because) {
        List<SyntaxError> errors = new ArrayList<>(verdict.errors());
        if (errors.stream().noneMatch(error -> error.code() == ErrorCode.GROUP_REFUSED)) {
            errors.add(new SyntaxError(1, standard.setHeader(), 0, 0, because, "", Expectation.NONE, bytes));
        }
        return new TransactionSet(type, controlNumber, guide, content, new Verdict.Refused(List.copyOf(errors)), bytes);
    }
}
