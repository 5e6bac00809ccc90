package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttributeListTests {

    @Test
    void aShortListIsOneAttribute() {
        SortedMap<String, String> attributes = AttributeList.of("documents", List.of("PO \"1\"", "PO, 2", "Ñ"));
        assertThat(attributes).containsOnly(Map.entry("documents", "[\"PO \\\"1\\\"\",\"PO, 2\",\"Ñ\"]"));
        assertThat(AttributeList.in(attributes, "documents")).containsExactly("PO \"1\"", "PO, 2", "Ñ");
    }

    @Test
    void aLongListGoesOnInFurtherAttributesThatAnEntryCanHold() {
        List<String> texts =
                IntStream.range(0, 100).mapToObj(i -> "\"".repeat(70) + i).toList();
        SortedMap<String, String> attributes = AttributeList.of("documents", texts);
        assertThat(attributes).containsKeys("documents", "documents-2", "documents-8");
        assertThat(Draft.of(EntryType.evidence("interchange-sent"), attributes, new byte[0])
                        .attributes())
                .isEqualTo(attributes);
        assertThat(AttributeList.in(attributes, "documents")).isEqualTo(texts);
    }

    @Test
    void noTextIsNoAttribute() {
        assertThat(AttributeList.of("documents", List.of())).isEmpty();
        assertThat(AttributeList.in(Map.of(), "documents")).isEmpty();
    }

    @Test
    void aTextThatNoAttributeHoldsIsRefused() {
        assertThatThrownBy(() -> AttributeList.of("documents", List.of("x".repeat(1_950))))
                .hasMessage("A text of attribute documents is longer than it can hold");
    }
}
