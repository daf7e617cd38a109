package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.store.fs.Recorder;
import org.h2.store.fs.rec.FilePathRec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.model.AccountId;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore;
import org.papertrader.storage.api.SessionStore.StoredSession;
import org.papertrader.storage.api.SessionStore.Touch;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.jdbc.Batches;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PoolSettings;

/**
 * That a kill leaves whole transactions, whatever was written at that moment: what is in the file after a write is what a
 * kill then leaves. H2 writes its tables out one after the other, with what another transaction has changed so far.
 *
 * <p>When nothing keeps the transactions apart about one image of a hundred is torn: {@code -Dpapertrader.crashImages=600}.
 */
@Tag("MST-5")
class CrashImageTest {
    private static final int IMAGES = Integer.getInteger("papertrader.crashImages", 50);
    private static final int WRITES_BETWEEN_IMAGES = 7;
    private static final int LOAD_EVERY = 50;
    private static final int WRITERS = 3;
    private static final int SESSIONS = 40;
    private static final int TOUCHES = 20;
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path directory;

    private final ConcurrentLinkedQueue<Image> images = new ConcurrentLinkedQueue<>();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile int acknowledged;
    private volatile boolean over;

    /** @param acknowledged number of the newest order that was committed before it was taken */
    private record Image(Path directory, int acknowledged) {}

    @AfterEach
    void stopRecording() {
        FilePathRec.setRecorder(null);
    }

    @Test
    void holdsWholeTransactionsOnly() throws Exception {
        takeImages();

        List<String> torn = new ArrayList<>();
        for (Image image : images) {
            String fault = fault(image);
            if (!fault.isEmpty()) {
                torn.add(image.directory().getFileName() + ": " + fault);
            }
        }
        assertThat(images).hasSize(IMAGES);
        assertThat(torn).isEmpty();
    }

    private void takeImages() throws Exception {
        FilePathRec.register();
        Path live = directory.resolve("live");
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try (JdbcStorage storage = open(H2Files.url(live, 16).replace("jdbc:h2:", "jdbc:h2:rec:"))) {
            FilePathRec.setRecorder((operation, name, data, position) -> {
                if (operation == Recorder.WRITE && writes.incrementAndGet() % WRITES_BETWEEN_IMAGES == 0) {
                    take(live);
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            writers.add(threads.submit(() -> trade(storage.ledger())));
            for (int i = 1; i <= WRITERS; i++) {
                long account = i;
                writers.add(threads.submit(() -> comeAndGo(storage.sessions(), account)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            over = true;
            threads.shutdown();
        }
    }

    /** H2 writes one after the other, so this runs on one thread at a time. */
    private void take(Path live) {
        if (images.size() == IMAGES) {
            over = true;
        }
        if (over) {
            return;
        }
        int known = acknowledged;
        try {
            Path copy = Files.createDirectory(directory.resolve("image" + images.size()));
            Files.copy(H2Files.file(live), H2Files.file(copy));
            images.add(new Image(copy, known));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void trade(LedgerStore ledger) {
        long epoch = ledger.takeEpoch();
        Batches batches = new Batches();
        for (int id = 1; !over; id++) {
            if (id % 3 == 0) {
                batches.fill(id - 1, 1, id / 3);
            }
            ledger.commit(epoch, batches.open(id, 1).take());
            acknowledged = id;
            if (id % LOAD_EVERY == 0) {
                // It folds before.
                ledger.load();
            }
        }
    }

    private void comeAndGo(SessionStore sessions, long account) {
        List<StoredSession> all = sessions(account);
        while (!over) {
            all.forEach(sessions::add);
            for (int i = 1; i < TOUCHES; i++) {
                Instant at = AT.plusSeconds(i);
                sessions.touch(all.stream()
                        .map(session -> new Touch(session.hash(), at, session.expires()))
                        .toList());
            }
            sessions.remove(hashes(all));
        }
    }

    private static List<StoredSession> sessions(long account) {
        return IntStream.range(0, SESSIONS)
                .mapToObj(i -> new StoredSession(
                        new SessionHash(String.format("%032x%032x", account, i)),
                        new AccountId(account),
                        new UserName("user" + account),
                        AT.plusSeconds(i),
                        AT,
                        AT.plus(Duration.ofDays(1)),
                        true,
                        InetAddress.getLoopbackAddress()))
                .toList();
    }

    private static List<SessionHash> hashes(List<StoredSession> sessions) {
        return sessions.stream().map(StoredSession::hash).toList();
    }

    /** What is wrong in an image, or nothing. */
    private static String fault(Image image) {
        String url = H2Files.url(image.directory(), 16).replaceAll("LOCK_TIMEOUT=[0-9]+", "LOCK_TIMEOUT=500");
        // It need not be small when it closes.
        try (JdbcStorage storage = open(url + ";MAX_COMPACT_TIME=0")) {
            String fault = fault(storage.ledger(), image.acknowledged());
            for (long account = 1; account <= WRITERS && fault.isEmpty(); account++) {
                fault = fault(storage.sessions(), account);
            }
            return fault;
        } catch (StorageException e) {
            // A row without its entry in an index, or the other way round: H2 waits for whoever writes it.
            return e.toString();
        }
    }

    private static String fault(LedgerStore ledger, int acknowledged) {
        LedgerCheck check = ledger.verify();
        if (!check.intact()) {
            return check.text();
        }
        LedgerState state = ledger.load();
        int orders = state.openOrders().size() + state.recentKeys().size();
        return state.lastOrderId() < acknowledged || orders != state.lastOrderId()
                ? orders + " orders, the last " + state.lastOrderId() + ", acknowledged " + acknowledged
                : "";
    }

    private static String fault(SessionStore sessions, long account) {
        List<StoredSession> all = sessions(account);
        List<StoredSession> found = sessions.ofAccount(new AccountId(account));
        long byHash = hashes(all).stream()
                .filter(hash -> sessions.find(hash).isPresent())
                .count();
        long times = found.stream().map(StoredSession::lastUsed).distinct().count();
        if (byHash != found.size() || times > 1) {
            return found.size() + " sessions by account, " + byHash + " by hash, used at " + times + " times";
        }
        // What was left behind by those that were under way must not be in the way of new ones.
        sessions.remove(hashes(all));
        all.forEach(sessions::add);
        return "";
    }

    private static JdbcStorage open(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword("");
        return JdbcStorage.open(
                source, new H2Dialect(), new PoolSettings(WRITERS + 2, Duration.ofSeconds(20)), Clock.systemUTC());
    }
}
