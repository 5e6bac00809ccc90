package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentType;
import java.nio.file.Path;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class MappingTests {

    private static final Mapping MAPPING = Mapping.of(Path.of("schemas"));
    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));

    private static final String ORDER = """
            ST*850*0001~BEG*00*SA*PO-1001**20261121~CUR*BY*USD~REF*DP*099~DTM*002*20261201~
            N1*BY*Acme Foods*1*123456789~N3*1 Main St*Dock 2~N4*Portland*OR*97201*US~N1*SE*Best Bakery*92*S-7~
            PO1*1*10*CA*12.50*PE*VN*A-100*UP*036000291452~PID*F****Bread, sliced~
            PO1*2*3*EA*0.333*CA*VN*B-200~
            CTT*2*13~AMT*TT*126.00~SE*14*0001~
            """;

    @Test
    void mapsAnOrder() {
        Mapped mapped = MAPPING.map(SetText.set("x12-004010-850", ORDER), EUR);

        assertThat(mapped.problems()).isEmpty();
        BusinessDocument order = java.util.Objects.requireNonNull(mapped.content());
        assertThat(order.type()).isEqualTo(DocumentType.PURCHASE_ORDER);
    }
}
