package org.papertrader.marketdata.internal;

import org.apache.felix.service.command.CommandSession;

/**
 * Changes a value of this bundle's configuration as {@code config:set} does, so that there is one writer of the operator's
 * files, and with the rights of who typed it.
 */
final class OperatorValue {
    private OperatorValue() {}

    /**
     * Sets a value.
     *
     * @param value of characters that mean nothing to the shell
     * @return what {@code config:set} has to say, each line with its end; empty when the value is in effect
     */
    static String set(CommandSession session, String key, String value) throws Exception {
        Object answer = session.execute("config:set " + MarketDataComponent.PID + " " + key + " '" + value + "'");
        String text = answer == null ? "" : answer.toString();
        return text.isEmpty() ? "" : text + "\n";
    }
}
