package org.papertrader.trading.internal;

/** A decided answer, to be given once its batch is on disk. */
record Answer<T>(Command<T> command, T value) {
    void give() {
        command.result.complete(value);
    }
}
