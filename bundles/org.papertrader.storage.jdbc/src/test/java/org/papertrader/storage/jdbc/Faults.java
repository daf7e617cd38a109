package org.papertrader.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A disk that dies: calls of connections and of a dialect that fail when told, once they are done. */
public final class Faults {
    private static final Hook NONE = (method, first) -> {};

    private final AtomicInteger open = new AtomicInteger();
    private volatile Hook hook = NONE;

    /** Runs after each call. */
    @FunctionalInterface
    public interface Hook {
        /** @param first the first argument, null for none */
        void done(String method, @Nullable Object first) throws SQLException;
    }

    /** From now on. */
    public Faults on(Hook next) {
        hook = next;
        return this;
    }

    /** None from now on. */
    public void off() {
        hook = NONE;
    }

    /** How many connections are open. */
    public int open() {
        return open.get();
    }

    /** What fails in the same manner as the ones of the database, with {@code getConnection} before the call. */
    public DataSource over(DataSource source) {
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return pass(source, method, arguments);
            }
            hook.done("getConnection", null);
            Connection connection = source.getConnection();
            open.incrementAndGet();
            return over(connection);
        });
    }

    /** The same with the methods of the dialect; the first argument of those that get one is the connection. */
    public Dialect over(Dialect dialect) {
        return proxy(Dialect.class, (method, arguments) -> {
            Object result = pass(dialect, method, arguments);
            hook.done(method.getName(), arguments == null ? null : arguments[0]);
            return result;
        });
    }

    private Connection over(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close") && !connection.isClosed()) {
                open.decrementAndGet();
            }
            Object result = pass(connection, method, arguments);
            hook.done(method.getName(), arguments == null ? null : arguments[0]);
            return result;
        });
    }

    private static @Nullable Object pass(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Faults.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> call.run(method, arguments);
                }));
    }

    @FunctionalInterface
    private interface Call {
        @Nullable
        Object run(Method method, @Nullable Object[] arguments) throws Throwable;
    }
}
