package org.papertrader.features.internal;

import java.io.IOException;
import java.util.Map;

/** Where effective configuration goes. */
interface ConfigurationStore {
    /** Makes the values those of the PID; does nothing when they already are. */
    void put(String pid, Map<String, Object> values) throws IOException;

    /** Takes the PID's configuration away. */
    void remove(String pid) throws IOException;
}
