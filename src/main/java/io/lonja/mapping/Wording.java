package io.lonja.mapping;

import io.lonja.edi.Delimiters;
import io.lonja.edi.GuideId;
import io.lonja.edi.OutboundSegment;
import io.lonja.edi.OutboundSyntax;
import io.lonja.edi.Standard;
import io.lonja.partner.WireForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a guide is spelled, by its id or that of the guide it lies on: {@code x12-004010-850}, {@code edifact-d96a-orders}.
 *
 * @param set ST01 or the message type
 * @param version GS08, or UNH S009 after the message type, with the association's code where the guide has one
 */
record Wording(Standard standard, String set, String version) {

    /**
     * As agreed; else Western European letters in the syntax that everybody reads, and others in UTF-8, which
     * syntax 4 has.
     */
    OutboundSyntax syntax(List<OutboundSegment> segments, WireForm agreed) {
        if (standard == Standard.X12) {
            OutboundSyntax usual = OutboundSyntax.x12(version.substring(0, 5), agreed.x12Charset());
            String own = agreed.x12Delimiters();
            return own == null ? usual : usual.with(x12(own, usual));
        }
        OutboundSyntax syntax = edifact(segments, agreed.edifactSyntax());
        String own = agreed.edifactDelimiters();
        return own == null ? syntax : syntax.with(edifact(own, syntax));
    }

    private static Delimiters x12(String own, OutboundSyntax usual) {
        return new Delimiters(
                own.charAt(0), own.charAt(1), usual.delimiters().repetition() == 0 ? 0 : own.charAt(2), own.charAt(3));
    }

    /** As UNA has them. */
    private static Delimiters edifact(String own, OutboundSyntax syntax) {
        char repetition = syntax.delimiters().repetition() == 0 || own.charAt(4) == ' ' ? 0 : own.charAt(4);
        return new Delimiters(own.charAt(1), own.charAt(0), repetition, own.charAt(5), own.charAt(3), own.charAt(2));
    }

    private static OutboundSyntax edifact(List<OutboundSegment> segments, @Nullable String agreed) {
        if (agreed != null) {
            return OutboundSyntax.edifact(
                    agreed.substring(0, agreed.length() - 2), agreed.charAt(agreed.length() - 1) - '0');
        }
        boolean western = StandardCharsets.ISO_8859_1.newEncoder().canEncode(segments.toString());
        return western ? OutboundSyntax.edifact("UNOC", 3) : OutboundSyntax.edifact("UNOY", 4);
    }

    static Wording of(GuideId guide, String association) {
        String[] parts = guide.base().orElse(guide).value().split("-", -1);
        if (parts.length == 3 && parts[0].equals("x12") && parts[1].matches("[0-9]{6}")) {
            return new Wording(Standard.X12, parts[2], parts[1]);
        }
        if (parts.length == 3 && parts[0].equals("edifact") && parts[1].matches("[a-z][0-9]{2}[a-z]")) {
            String directory = parts[1].toUpperCase(Locale.ROOT);
            return new Wording(
                    Standard.EDIFACT,
                    parts[2].toUpperCase(Locale.ROOT),
                    "%s:%s:UN%s"
                            .formatted(
                                    directory.substring(0, 1),
                                    directory.substring(1),
                                    association.isEmpty() ? "" : ":" + association));
        }
        throw new UnwritableDocumentException(
                "the guide %s does not say how its interchanges are spelled".formatted(guide));
    }
}
