package org.papertrader.transport.internal;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations with the defaults of the annotation. */
final class Configs {
    private Configs() {}

    static TransportConfig of(Map<String, ?> values) {
        return (TransportConfig) Proxy.newProxyInstance(
                Configs.class.getClassLoader(),
                new Class<?>[] {TransportConfig.class},
                (proxy, method, arguments) ->
                        values.containsKey(method.getName()) ? values.get(method.getName()) : method.getDefaultValue());
    }
}
