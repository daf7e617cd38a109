package org.papertrader.log.front;

import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/** Which levels are logged. A service; safe for any thread. The rules are those of the configuration. */
@ProviderType
public interface LogLevels {

    /** The lowest level that is logged where no rule says otherwise: {@code TRACE} to {@code ERROR}, or {@code OFF}. */
    String standard();

    /** The rules, by the prefix of the loggers' names; the longest prefix wins. */
    SortedMap<String, String> rules();

    /**
     * The lowest level of one logger.
     *
     * @param logger its name, or a prefix
     */
    String of(String logger);
}
