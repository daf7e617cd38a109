package org.papertrader.link.internal;

/** Something that the shell can show. */
public interface LinkReport {
    /** Lines for people. */
    String status();
}
