package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.NewAccount;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PoolSettings;

/** Which database a start uses, and where one can be moved to. */
@Tag("CARD-6")
class PlacesTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private Path first;
    private Path second;
    private PlaceRecord record;
    private Mover mover;

    @BeforeEach
    void openFirst() throws Exception {
        first = folder.resolve("first");
        second = folder.resolve("second");
        record = new PlaceRecord(folder.resolve("database.place"));
        start(first);
        addAccount("ann");
    }

    @AfterEach
    void stop() {
        mover.close();
        mover.storage().close();
    }

    @Test
    void aMovedDatabaseIsFollowedToWhereItIs() throws Exception {
        move(second);
        addAccount("bob");

        restart(first);

        assertThat(mover.directory()).isEqualTo(second);
        assertThat(accounts()).isEqualTo(2);
        assertThat(record.read()).contains(second);
        assertThat(second.resolve("papertrader.changes")).doesNotExist();
    }

    @Test
    void itMovesThereAndBackAndOn() throws Exception {
        move(second);
        addAccount("bob");
        assertThatThrownBy(() -> move(first))
                .hasMessageContaining("is not empty, it has papertrader.mv.db: take another directory");
        Files.delete(H2Files.file(first));
        move(first);
        addAccount("eve");
        move(folder.resolve("a/third one"));

        restart(second);

        assertThat(mover.directory()).isEqualTo(folder.resolve("a/third one"));
        assertThat(accounts()).isEqualTo(3);
    }

    @Test
    void aMovedDatabaseWhoseNewPlaceIsGoneIsNotUsed() throws Exception {
        move(second);
        stop();
        Files.delete(H2Files.file(second));

        assertThatThrownBy(() -> start(first))
                .isInstanceOf(PlaceFailure.class)
                .hasMessageContaining("was moved to " + second)
                .hasMessageEndingWith("bring that disk back, or restore a backup");
        assertThat(H2Files.explain(new IllegalStateException(new PlaceFailure("line")), first))
                .isEqualTo("line");
        Files.delete(H2Files.file(first));
    }

    @Test
    void anEmptyDatabaseNeverTakesThePlaceOfTheOneUsedLast() throws Exception {
        stop();

        assertThatThrownBy(() -> start(second))
                .isInstanceOf(PlaceFailure.class)
                .hasMessageContaining("there is no database in " + second)
                .hasMessageContaining("storage:move");
        assertThat(second).doesNotExist();

        Files.delete(record.file());
        start(second);
        assertThat(accounts()).isZero();
    }

    @Test
    void theOneUsedLastOnADiskThatIsNotThereIsNotBegunAnew() throws Exception {
        move(second);
        stop();
        Path unmounted = Files.move(second, folder.resolve("unmounted"));

        assertThatThrownBy(() -> start(second))
                .isInstanceOf(PlaceFailure.class)
                .hasMessage("the database used last was in " + second + " and is not there: bring the disk back, or"
                        + " delete " + record.file() + " to begin anew");
        assertThatThrownBy(() -> start(folder.resolve("third"))).isInstanceOf(PlaceFailure.class);
        assertThat(second).doesNotExist();

        Files.move(unmounted, second);
        start(second);
        assertThat(accounts()).isEqualTo(1);
    }

    @Test
    void theLineNamesTheFileThatAnotherHolds() throws Exception {
        move(second);
        stop();

        try (FileChannel channel = FileChannel.open(H2Files.file(second), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> start(first)).satisfies(e -> {
                assertThat(H2Files.isLocked(e)).isTrue();
                assertThat(H2Files.explain(e, first))
                        .isEqualTo("the database " + H2Files.file(second)
                                + " is in use by another process; stop that one first");
            });
        }
    }

    /** The old file was deleted, and the configuration was never written. */
    @Test
    void theOneUsedLastIsFoundWithoutTheOneThatItWasMovedFrom() throws Exception {
        move(second);
        stop();
        Files.delete(H2Files.file(first));

        start(first);

        assertThat(mover.directory()).isEqualTo(second);
        assertThat(accounts()).isEqualTo(1);
    }

    @Test
    void anotherDatabaseThatIsThereMayBeUsed() throws Exception {
        Mover.Work backup = mover.backup(second);
        finish(backup);
        addAccount("bob");

        restart(second);

        assertThat(accounts()).isEqualTo(1);
        assertThat(record.read()).contains(second);
    }

    @Test
    void aCancelledMoveLeavesNothing() throws Exception {
        Mover.Work work = mover.move(folder.resolve("deep/down"));
        work.cancel();

        assertThatThrownBy(() -> finish(work)).hasMessage("cancelled; nothing was changed");

        assertThat(folder.resolve("deep")).doesNotExist();
        assertThat(mover.directory()).isEqualTo(first);
        addAccount("bob");
        assertThat(accounts()).isEqualTo(2);
    }

    @Test
    void oneAtATimeAndNoneAtTheEnd() throws Exception {
        assertThatThrownBy(() -> mover.move(first)).hasMessageContaining("already");
        mover.close();
        assertThatThrownBy(() -> mover.move(second)).hasMessage("the storage is going");
        assertThat(second).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"semi;colon", "quote'd", "dollar$d", "line\nfeed"})
    void namesThatMeanSomethingElsewhereAreRefused(String name) {
        assertThatThrownBy(() -> move(folder.resolve(name))).hasMessageContaining("name must not have");
    }

    @Test
    void placesWhereNothingCanBeAreRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Files.createDirectory(second);
        Files.writeString(second.resolve("mine"), "text");
        Files.writeString(second.resolve("mine too"), "text");

        // A disk that is slow to answer holds up nobody but the thread of the move.
        Mover.Work work = mover.move(file);
        assertThatThrownBy(() -> finish(work)).hasMessage(file + " is no directory");
        assertThatThrownBy(() -> move(file.resolve("below"))).hasMessageStartingWith("nothing can be written to");
        assertThatThrownBy(() -> move(second))
                .hasMessage(
                        second + " is not empty, it has mine and 1 more: take another directory, or move away what is"
                                + " there");
        assertThat(second.resolve("mine")).exists();
        assertThat(accounts()).isEqualTo(1);
    }

    @Test
    void aFreshFileSystemCountsAsEmpty() throws Exception {
        Files.createDirectories(second.resolve("lost+found"));

        move(second);

        assertThat(second.resolve("lost+found")).exists();
    }

    @Test
    void showsWhatThereIs() throws Exception {
        StorageSheet sheet = StorageSheet.of(mover.storage(), mover.directory());

        assertThat(sheet.text())
                .contains("directory     " + first)
                .containsPattern("account +1\n")
                .contains("version 5")
                .contains("0".repeat(64));
        assertThat(sheet.text().lines().filter(line -> !line.contains(first.toString())))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(sheet.json())
                .contains("\"account\":1")
                .contains("\"schemaVersion\":5")
                .endsWith("}}\n");
    }

    @Test
    void takesOtherSizesOfThePool() throws Exception {
        H2Engine before = Engines.engine();

        mover.reconnect(new H2Engine(before.factory(), new PoolSettings(2, Duration.ofSeconds(1)), 8));

        addAccount("bob");
        assertThat(accounts()).isEqualTo(2);
    }

    private void start(Path configured) throws Exception {
        mover = new Mover(Engines.engine(), record, Engines.open(configured, record), CLOCK);
    }

    private void restart(Path configured) throws Exception {
        stop();
        start(configured);
    }

    private void move(Path target) throws Exception {
        finish(mover.move(target));
        assertThat(mover.directory()).isEqualTo(target);
    }

    private static void finish(Mover.Work work) throws Exception {
        Duration done = work.await(60_000);
        assertThat(done).isNotNull();
    }

    private void addAccount(String name) {
        JdbcStorage storage = mover.storage();
        storage.accounts()
                .add(new NewAccount(new UserName(name), new Email(name + "@example.org"), null, Instant.now()));
    }

    private long accounts() {
        return mover.storage().accounts().count();
    }
}
