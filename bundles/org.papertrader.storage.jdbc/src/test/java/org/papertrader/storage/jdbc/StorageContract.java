package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contract tests of all stores share: an empty database before each test, which can be reopened. */
public abstract class StorageContract {
    protected static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

    protected JdbcStorage storage;

    /** The same database whenever it is called within one test; empty at its first call. */
    protected abstract DataSource dataSource();

    protected abstract Dialect dialect();

    @BeforeEach
    final void openStorage() {
        storage = openAnother();
    }

    @AfterEach
    final void closeStorage() {
        storage.close();
    }

    protected final JdbcStorage openAnother() {
        return JdbcStorage.open(
                dataSource(), dialect(), new PoolSettings(16, Duration.ofSeconds(20)), Clock.systemUTC());
    }

    /** As after a restart of the program. */
    protected final void reopen() {
        storage.close();
        storage = openAnother();
    }

    /** Changes the tables behind the stores' back; how many rows. */
    protected final int tamper(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Runs the same call on several threads at once and collects what each got. */
    protected static <T> List<T> atOnce(int threads, Callable<T> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(30, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
