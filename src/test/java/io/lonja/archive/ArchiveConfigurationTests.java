package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ArchiveConfigurationTests {

    @TempDir
    Path home;

    private ApplicationContextRunner hub() {
        return new ApplicationContextRunner()
                .withUserConfiguration(ArchiveConfiguration.class)
                .withBean(DataSource.class, TestDatabase::h2)
                .withPropertyValues("lonja.home=" + home.resolve("data"));
    }

    @Test
    void keepsTheArchiveInTheDataFolderUnlessToldOtherwise() {
        hub().run(context -> {
            assertThat(context).hasSingleBean(SegmentArchive.class);
            assertThat(Files.getPosixFilePermissions(home.resolve("data/archive")))
                    .hasSize(3);
        });
    }

    @Test
    void keepsTheArchiveInPostgresqlWhenToldSo() {
        hub().withPropertyValues("lonja.archive=database", "spring.datasource.url=jdbc:postgresql://db/lonja")
                .run(context -> assertThat(context).hasSingleBean(PostgresArchive.class));
    }

    @Test
    void doesNotStartWithTheArchiveInADatabaseThatIsNotDurable() {
        hub().withPropertyValues("lonja.archive=database", "spring.datasource.url=jdbc:h2:./x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("lonja.archive=database needs PostgreSQL"));
    }
}
