package io.lonja;

import io.lonja.archive.DataFolder;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code lonja.home} and {@code lonja.config} absolute before anything reads them, and the home private before
 * the database or the broker could create it with wider rights.
 */
class HomeFolder implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Path home = DataFolder.at(Path.of(environment.getProperty("lonja.home", "./data")))
                .root();
        Path config = Path.of(environment.getProperty("lonja.config", "."))
                .toAbsolutePath()
                .normalize();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "lonja-folders", Map.of("lonja.home", home.toString(), "lonja.config", config.toString())));
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
