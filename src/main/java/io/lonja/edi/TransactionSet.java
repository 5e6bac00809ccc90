package io.lonja.edi;

import io.lonja.archive.ByteRange;
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
        String type, String controlNumber, @Nullable GuideId guide, Loop content, Verdict verdict, ByteRange bytes) {}
