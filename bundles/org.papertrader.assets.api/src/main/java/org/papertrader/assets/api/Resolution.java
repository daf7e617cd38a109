package org.papertrader.assets.api;

/** How long the period of a bar is. */
public enum Resolution {
    /** One minute. */
    MINUTE,
    /** One day of the asset's exchange. */
    DAY
}
