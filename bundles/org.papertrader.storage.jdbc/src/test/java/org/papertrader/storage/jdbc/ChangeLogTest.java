package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("CARD-6")
class ChangeLogTest {
    private static final Object[] ROW = {7L, "text \u00e9", new byte[] {1, 2}, true, false, null};

    @TempDir
    Path folder;

    @Test
    void givesTransactionsInTheirOrder() throws Exception {
        try (ChangeLog log = new ChangeLog(folder.resolve("changes"))) {
            Change first = new Change("one", List.of(ROW, ROW), new int[] {1, 0});
            log.append(List.of(first, new Change("two", List.<Object[]>of(new Object[0]), new int[] {5})));
            log.append(List.of(new Change("one", List.<Object[]>of(ROW), new int[] {3})));
            long lag = log.lag();

            List<Change> transaction = log.next();

            assertThat(lag).isEqualTo(log.end()).isPositive();
            assertThat(transaction).extracting(Change::sql).containsExactly("one", "two");
            assertThat(transaction.get(0).rows()).hasSize(2);
            assertThat(transaction.get(0).rows().get(1))
                    .usingRecursiveComparison()
                    .isEqualTo(ROW);
            assertThat(transaction.get(0).counts()).containsExactly(1, 0);
            assertThat(log.next()).extracting(Change::sql).containsExactly("one");
            assertThat(log.next()).isNull();
            assertThat(log.lag()).isZero();
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** The disk of the copy may be full or gone: trading must not notice, the move must. */
    @Test
    void aFailureIsToldToTheReaderOnly() throws Exception {
        ChangeLog log = new ChangeLog(folder.resolve("changes"));
        log.close();

        log.append(List.of(new Change("one", List.<Object[]>of(ROW), new int[] {1})));
        log.limitLag(-1);
        log.slowDown();

        assertThatThrownBy(log::next).isInstanceOf(IOException.class).hasMessageContaining("could not be kept");
    }

    @Test
    void whatItCannotWriteIsToldToTheReaderOnly() throws Exception {
        try (ChangeLog log = new ChangeLog(folder.resolve("changes"))) {
            log.append(List.of(new Change("one", List.<Object[]>of(new Object[] {'c'}), new int[] {1})));

            assertThatThrownBy(log::next).isInstanceOf(IOException.class).hasMessageContaining("could not be kept");
        }
    }

    @Test
    void writesIntoNoFileOfSomebodyElse() throws Exception {
        Path file = Files.writeString(folder.resolve("changes"), "mine");

        assertThatThrownBy(() -> new ChangeLog(file)).isInstanceOf(IOException.class);

        assertThat(file).hasContent("mine");
    }
}
