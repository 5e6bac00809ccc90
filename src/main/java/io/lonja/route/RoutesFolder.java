package io.lonja.route;

import io.lonja.archive.EntryId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.SimpleTypeConverter;

/** The routes as files: {@code routes/<room>/<id>.camel.yaml} in the configuration folder. */
final class RoutesFolder {

    private static final String SUFFIX = ".camel.yaml";
    private static final String ERRORS = "errors";

    private final Path folder;

    RoutesFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Gives all routes to a context that is not started yet: route configurations first, then the rest by name.
     *
     * @throws IllegalStateException when there is none, or one cannot be read; the message names the file
     */
    void loadInto(CamelContext context) {
        List<Path> files = files();
        if (files.isEmpty()) {
            throw new IllegalStateException(
                    "No route (*%s) is in %s; lonja.config must name the folder that holds routes/"
                            .formatted(SUFFIX, folder));
        }
        // Queues carry ids as text; the routes ask for them by their type.
        context.getTypeConverterRegistry()
                .addTypeConverter(
                        EntryId.class,
                        String.class,
                        new SimpleTypeConverter(
                                false, (type, exchange, text) -> new EntryId(Long.parseLong((String) text))));
        List<Resource> resources = files.stream()
                .map(file -> PluginHelper.getResourceLoader(context).resolveResource("file:" + file))
                .toList();
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The routes in %s cannot be loaded: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing((Path file) -> !isErrorPolicy(file))
                            .thenComparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the routes in " + folder, e);
        }
    }

    private boolean isErrorPolicy(Path file) {
        return folder.relativize(file).startsWith(ERRORS);
    }
}
