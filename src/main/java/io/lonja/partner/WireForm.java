package io.lonja.partner;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * How EDI is spelled between a partner and us; what is absent is as everybody does it.
 *
 * @param strict whether what is only a warning elsewhere refuses the partner's interchange
 * @param x12CharacterSet of X12 in both directions, which declares none: {@code ISO-8859-1}; UTF-8 when null
 * @param x12Delimiters of X12 that we write: element, component, repetition and segment, {@code *>^~}
 * @param edifactDelimiters of EDIFACT that we write, as in UNA: {@code :+.?*'}
 * @param edifactSyntax of EDIFACT that we write, identifier and version: {@code UNOB:1}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record WireForm(
        boolean strict,
        @Nullable String x12CharacterSet,
        @Nullable String x12Delimiters,
        @Nullable String edifactDelimiters,
        @Nullable String edifactSyntax) {

    public static final WireForm USUAL = new WireForm(false, null, null, null, null);

    /** Of bytes in X12 that are not ASCII. */
    public Charset x12Charset() {
        return Charset.forName(x12CharacterSet == null ? "UTF-8" : x12CharacterSet);
    }
}
