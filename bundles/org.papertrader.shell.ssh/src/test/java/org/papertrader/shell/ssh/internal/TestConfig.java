package org.papertrader.shell.ssh.internal;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Configurations as Declarative Services would give them. */
final class TestConfig {
    private TestConfig() {}

    static ShellConfig of(Map<String, Object> values) {
        Map<String, Object> own = new HashMap<>(values);
        return (ShellConfig) Proxy.newProxyInstance(
                ShellConfig.class.getClassLoader(),
                new Class<?>[] {ShellConfig.class},
                (proxy, method, arguments) -> own.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
