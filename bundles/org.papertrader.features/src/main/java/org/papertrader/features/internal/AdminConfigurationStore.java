package org.papertrader.features.internal;

import java.io.IOException;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Keeps configuration in the framework's {@link ConfigurationAdmin}; {@code factory~name} is a factory PID. */
final class AdminConfigurationStore implements ConfigurationStore {
    /** Any bundle may use the configuration; without this the first one to ask would own it. */
    private static final String ANY_LOCATION = "?";

    private final ConfigurationAdmin admin;

    AdminConfigurationStore(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void put(String pid, Map<String, Object> values) throws IOException {
        configuration(pid).updateIfDifferent(FrameworkUtil.asDictionary(values));
    }

    @Override
    public void remove(String pid) throws IOException {
        configuration(pid).delete();
    }

    private Configuration configuration(String pid) throws IOException {
        int tilde = pid.indexOf('~');
        return tilde < 0
                ? admin.getConfiguration(pid, ANY_LOCATION)
                : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), ANY_LOCATION);
    }
}
