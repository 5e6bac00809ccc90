package io.lonja.edi;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The guides of {@code schemas/}, and reading and answering by them. */
@Configuration(proxyBeanMethods = false)
class EdiConfiguration {

    @Bean
    Guides guides(@Value("${lonja.config}") Path config) {
        Guides guides = Guides.load(config.resolve("schemas"));
        if (!guides.faults().isEmpty()) {
            throw new IllegalStateException("The message guides have faults, mend them and start again:\n"
                    + String.join("\n", guides.faults()));
        }
        return guides;
    }

    @Bean
    InterchangeParser interchangeParser(Guides guides) {
        return InterchangeParser.with(guides);
    }

    @Bean
    AcknowledgmentWriter acknowledgmentWriter() {
        return AcknowledgmentWriter.forBothStandards();
    }
}
