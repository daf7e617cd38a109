package org.papertrader.transport.internal;

/** How far a client's connection has come. */
enum ClientPhase {
    NEW,
    OPEN,
    /** A last frame waits for what is on its way. */
    ENDING,
    /** All was said; what the client still sends is thrown away. */
    LINGERING,
    CLOSED
}
