package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("MST-4")
class H2FilesTest {
    @TempDir
    Path directory;

    @Test
    void neverDelaysWritesNorClosesBehindOurBack() {
        assertThat(H2Files.url(directory, 3))
                .startsWith("jdbc:h2:async:" + directory.toAbsolutePath())
                .contains(";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE")
                .contains(";CACHE_SIZE=3072");
    }

    @Test
    void refusesADirectoryThatCouldCarrySettings() {
        assertThatThrownBy(() -> H2Files.url(directory.resolve("a;WRITE_DELAY=500"), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("semicolon");
    }

    @Test
    void makesTheDirectoryForItsOwnerOnly() throws Exception {
        Path nested = directory.resolve("a/b");

        H2Files.prepare(nested);
        H2Files.prepare(nested);

        assertThat(Files.getPosixFilePermissions(nested)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void saysInOneLineThatAFileIsDamagedAndKeepsIt() throws Exception {
        Path file = directory.resolve("papertrader.mv.db");
        Files.writeString(file, "no database".repeat(2_000));
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(this::connect).satisfies(failure -> {
            assertThat(H2Files.isLocked(failure)).isFalse();
            assertThat(H2Files.explain(new IllegalStateException("opening", failure), directory))
                    .isEqualTo("the database " + file + " is damaged and was left as it is; restore a backup, or"
                            + " recover it with org.h2.tools.Recover");
        });
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    /** With plain {@code file:} the interrupt closes the channel, and with it the database of all connections. */
    @Test
    void goesOnWhenACallerIsInterrupted() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
            Thread.currentThread().interrupt();
            try {
                statement.execute("INSERT INTO t VALUES (1)");
                statement.execute("CHECKPOINT SYNC");
            } finally {
                Thread.interrupted();
            }

            try (Connection other = connect();
                    ResultSet result = other.createStatement().executeQuery("SELECT COUNT(*) FROM t")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getLong(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void knowsALockedFile() {
        SQLException locked = new SQLException("in use", "90020", 90020);

        assertThat(H2Files.isLocked(new IllegalStateException(locked))).isTrue();
        assertThat(H2Files.explain(locked, directory)).contains("is in use by another process");
        assertThat(H2Files.explain(new IllegalStateException("first\nsecond"), directory))
                .endsWith("cannot be opened: first");
    }

    private Connection connect() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(H2Files.url(directory, 3));
        source.setUser("sa");
        source.setPassword("");
        return source.getConnection();
    }
}
