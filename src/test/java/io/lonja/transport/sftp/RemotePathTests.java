package io.lonja.transport.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemotePathTests {

    @ParameterizedTest
    @CsvSource({
        "'', /",
        "., /",
        "/, /",
        "inbox, /inbox",
        "/inbox/, /inbox",
        "//inbox//a.edi, /inbox/a.edi",
        "/inbox/../outbox, /outbox",
        "/../../../etc/passwd, /etc/passwd",
        "../../inbox/./a.edi, /inbox/a.edi",
        "/inbox/../../../../inbox/a.edi, /inbox/a.edi",
    })
    void endsAtTheRootHoweverManyStepsUpItTakes(String raw, String path) throws Refusal {
        assertThat(of(raw)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "/", "inbox", "/inbox/a/b.edi", "/casa-lucia/inbox/a.edi", "/INBOX/a.edi"})
    void namesAFileOnlyInOneOfTheTwoRooms(String raw) throws Refusal {
        RemotePath path = of(raw);
        assertThatThrownBy(path::file).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/inbox/a\\..\\b", "/inbox/a\nINFO forged", "/inbox/a\u0000.edi", "/inbox/\u202Eide.exe"})
    void takesNoNameThatCouldLeadElsewhereOrForgeALine(String raw) {
        assertThatThrownBy(() -> of(raw)).isInstanceOf(Refusal.class);
    }

    @Test
    void changesNoNameItCannotRead() {
        assertThatThrownBy(() -> RemotePath.of("/inbox/a\u00F1o.edi".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.edi", "pedido a\u00F1o %41 2026:11,open.edi", ".hidden", "\u6CE8\u6587\u66F8.xml"})
    void keepsANameThroughTheDisk(String value) throws Refusal {
        FileName name = FileName.of(value);
        assertThat(name.encoded()).matches("[A-Za-z0-9._%-]+");
        assertThat(FileName.decoded(name.encoded())).isEqualTo(name);
    }

    @Test
    void takesANameAsLongAsTheDiskDoesAndNoLonger() throws Refusal {
        assertThat(FileName.of("x".repeat(200)).encoded()).hasSize(200);
        assertThatThrownBy(() -> FileName.of("x".repeat(201))).hasMessageContaining("200");
        assertThatThrownBy(() -> FileName.of("\u00F1".repeat(34))).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a.edi, false",
        "a.part, true",
        "a.PART, true",
        "a.edi.tmp, true",
        "a.edi.filepart, true",
        ".a.edi, true",
        "a.partial, false"
    })
    void knowsTheNamesThatWaitForAnotherOne(String name, boolean waits) throws Refusal {
        assertThat(FileName.of(name).waits()).isEqualTo(waits);
    }

    private static RemotePath of(String raw) throws Refusal {
        return RemotePath.of(raw.getBytes(StandardCharsets.UTF_8));
    }
}
