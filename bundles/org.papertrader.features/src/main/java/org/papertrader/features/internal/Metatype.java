package org.papertrader.features.internal;

import java.util.Map;
import java.util.Set;

/** What bundles say about their configuration. */
interface Metatype {
    /** The keys of a PID, or of the factory before its {@code ~}; empty when no bundle describes it. */
    Map<String, Attribute> of(String pid);

    /** Every PID and factory PID that a bundle describes. */
    Set<String> pids();
}
