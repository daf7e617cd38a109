package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.jdbc.DataSourceFactory;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.NewAccount;
import org.papertrader.storage.jdbc.Faults;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PlaceMark.State;

/** The target of a move that fails: cleared before the fence, and never after it has begun. */
@Tag("CARD-6")
class MoverFailureTest {
    @TempDir
    Path folder;

    private final Faults faults = new Faults();
    private Path first;
    private Path second;
    private PlaceRecord record;
    private Mover mover;

    @BeforeEach
    void open() throws Exception {
        first = folder.resolve("first");
        second = folder.resolve("second");
        record = new PlaceRecord(folder.resolve("database.place"));
        start(faulty());
        mover.storage()
                .accounts()
                .add(new NewAccount(new UserName("ann"), new Email("ann@example.org"), null, Instant.now()));
    }

    @AfterEach
    void stop() {
        faults.off();
        mover.close();
        mover.storage().close();
    }

    @Test
    void aDiskThatDiesAtTheFenceTakesNothingWithIt() throws Exception {
        atTheFence(() -> faults.on((method, argument) -> {
            throw new SQLException("the disk is dead");
        }));

        assertThatThrownBy(() -> mover.move(second).await(60_000)).hasMessageContaining("could not be closed off");

        stop();
        assertThat(JdbcStorage.mark(Engines.engine().source(first))
                        .orElseThrow()
                        .state())
                .isEqualTo(State.MOVED);
        start(Engines.engine());
        assertThat(mover.directory()).isEqualTo(second);
        assertThat(mover.storage().accounts().count()).isEqualTo(1);
    }

    @Test
    void aDiskThatDiesBehindTheFenceIsLeft() throws Exception {
        atTheFence(() -> faults.on((method, argument) -> {
            if (method.equals("close")) {
                throw new SQLException("the disk is dead");
            }
        }));

        assertThat(mover.move(second).await(60_000)).isNotNull();

        assertThat(mover.directory()).isEqualTo(second);
        assertThat(record.read()).contains(second);
        faults.off();
        assertThat(mover.storage().accounts().count()).isEqualTo(1);
    }

    @Test
    void aDiskThatDiesBeforeTheFenceLeavesNothingInTheTarget() throws Exception {
        faults.on((method, argument) -> {
            if (String.valueOf(argument).contains("epoch = epoch + 1")) {
                throw new AssertionError("it must not come so far");
            }
            if (String.valueOf(argument).contains("ledger_posting_page")) {
                throw new SQLException("the disk is dead");
            }
        });

        assertThatThrownBy(() -> mover.move(second).await(60_000)).hasMessageContaining("the disk is dead");

        assertThat(second).doesNotExist();
    }

    /** Runs when the commit of the fence is done. */
    private void atTheFence(Runnable action) {
        faults.on((method, argument) -> {
            if (String.valueOf(argument).contains("epoch = epoch + 1")) {
                faults.on((next, ignored) -> {
                    if (next.equals("commit")) {
                        action.run();
                        throwFirst();
                    }
                });
            }
        });
    }

    private void throwFirst() throws SQLException {
        throw new SQLException("the commit may be there or not");
    }

    private void start(H2Engine engine) throws Exception {
        Clock clock = Clock.systemUTC();
        mover = new Mover(engine, record, new Places(engine, record, clock).open(first), clock);
    }

    private H2Engine faulty() {
        H2Engine engine = Engines.engine();
        DataSourceFactory factory = (DataSourceFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSourceFactory.class},
                (proxy, method, arguments) -> faults.over((DataSource) method.invoke(engine.factory(), arguments)));
        return new H2Engine(factory, engine.pool(), engine.cacheMegabytes());
    }
}
