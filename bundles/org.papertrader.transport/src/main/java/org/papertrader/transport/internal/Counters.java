package org.papertrader.transport.internal;

import java.util.concurrent.atomic.LongAdder;

/** What a port did since it was opened; for the shell. Any thread. */
final class Counters {
    final LongAdder opened = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder noticesDropped = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder handshakes = new LongAdder();
    final LongAdder handshakesFailed = new LongAdder();
}
