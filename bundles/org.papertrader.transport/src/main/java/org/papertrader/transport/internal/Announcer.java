package org.papertrader.transport.internal;

/** Tells the person at the terminal what became of a port. */
interface Announcer {
    /** The port is open: {@code what} names it, for people. */
    void ready(String what, int port);

    /** The program cannot do its work; {@code line} says why and what to do. */
    void fatal(String line);
}
