package org.papertrader.transport.internal;

/** Tells the person at the terminal, and the rest of the program, what became of a port. */
interface Announcer {
    /** The port is open: {@code what} names it, for people. */
    void ready(String what, int port);

    /** What clients know the port by: its certificate's fingerprint, or an empty text without TLS. */
    void identity(String fingerprint);

    /** The program cannot do its work; {@code line} says why and what to do. */
    void fatal(String line);
}
