package org.papertrader.model;

import java.time.Instant;

/**
 * When an order was issued and accepted.
 *
 * @param issued wall time that the worker stamped, raw (OVR-6)
 * @param accepted wall time at which the master accepted it
 * @param acceptedMarket market time at that moment; only a price whose source time is later fills the order
 */
public record OrderTimes(Instant issued, Instant accepted, Instant acceptedMarket) {}
