package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CARD-6")
class ConnectionPoolTest {
    private static final Duration MAX = Duration.ofSeconds(10);

    private final ConnectionPool pool = new ConnectionPool(
            stub(DataSource.class, "getConnection", stub(Connection.class, "isValid", true)), new PoolSettings(2, MAX));

    private static <T> T stub(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> called.getName().equals(method) ? answer : null));
    }

    private void borrowAll() throws SQLException {
        pool.borrow();
        pool.borrow();
    }

    /** Whether somebody who waits for a connection in vain, from now on, is marked as interrupted thereafter. */
    private CompletableFuture<Boolean> interrupted(AtomicReference<Thread> waiter) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                pool.borrow();
                result.completeExceptionally(new AssertionError("there was none to borrow"));
            } catch (SQLException e) {
                result.complete(Thread.currentThread().isInterrupted());
            }
        });
        waiter.set(thread);
        thread.start();
        await().atMost(MAX).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return result;
    }

    @Test
    void whoeverWaitsWhenItIsClosedFailsAndIsNotInterrupted() throws SQLException {
        borrowAll();
        CompletableFuture<Boolean> interrupted = interrupted(new AtomicReference<>());
        pool.close();
        assertThat(interrupted).succeedsWithin(MAX).isEqualTo(false);
        assertThatThrownBy(pool::borrow).isInstanceOf(SQLException.class);
    }

    @Test
    void whoeverIsInterruptedWhileWaitingStaysSo() throws SQLException {
        borrowAll();
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CompletableFuture<Boolean> interrupted = interrupted(waiter);
        waiter.get().interrupt();
        assertThat(interrupted).succeedsWithin(MAX).isEqualTo(true);
        pool.close();
    }

    /** Otherwise its failure would hide the one for which the connection is discarded. */
    @Test
    void aBrokenConnectionThatCannotBeClosedIsGoneAllTheSame() throws SQLException {
        Connection broken = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, arguments) -> {
                    switch (called.getName()) {
                        case "close" -> throw new SQLException("cannot be closed");
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        default -> {
                            return called.getReturnType() == boolean.class ? true : null;
                        }
                    }
                });
        ConnectionPool one =
                new ConnectionPool(stub(DataSource.class, "getConnection", broken), new PoolSettings(2, MAX));
        one.discard(one.borrow());
        assertThat(one.size()).isZero();
        one.close();
    }
}
