package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.papertrader.storage.api.MarketStore;

/** How a storage is opened while another still holds its file. */
@Tag("MST-5")
class ProviderTest {
    @TempDir
    Path directory;

    /** The mark of a database is read without a store, so its failure is that of the driver. */
    @Test
    void waitsForTheHolderOfTheFile() throws Exception {
        BlockingQueue<Class<?>> registered = new LinkedBlockingQueue<>();
        AtomicInteger attempts = new AtomicInteger();
        PlaceRecord record = new PlaceRecord(null);
        try (Provider provider = new Provider(context(registered), directory, () -> {
            if (attempts.getAndIncrement() == 0) {
                throw new SQLException("the file is locked", "90020", 90020);
            }
            return new Mover(Engines.engine(), record, Engines.open(directory), Clock.systemUTC());
        })) {
            provider.start();

            assertThat(registered.poll(60, TimeUnit.SECONDS)).isEqualTo(MarketStore.class);
            assertThat(attempts).hasValue(2);
        }
    }

    private static BundleContext context(BlockingQueue<Class<?>> registered) {
        return proxy(BundleContext.class, arguments -> {
            registered.add((Class<?>) arguments.get(0));
            return proxy(ServiceRegistration.class, none -> null);
        });
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                ProviderTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.run(arguments == null ? List.of() : List.of(arguments))));
    }

    @FunctionalInterface
    private interface Call {
        Object run(List<Object> arguments);
    }
}
