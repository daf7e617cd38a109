package org.papertrader.assets.api;

/** How long the period of a bar is. */
public enum Resolution {
    /**
     * Within a day: one minute, or the shortest that the source has where that is longer. Each bar tells its own start and
     * end.
     */
    MINUTE,
    /** One day of the asset's exchange. */
    DAY
}
