package org.papertrader.features.internal;

import java.util.Map;

/** What bundles say about their configuration. */
interface Metatype {
    /** The keys of a PID, or of the factory before its {@code ~}; empty when no bundle describes it. */
    Map<String, Attribute> of(String pid);
}
