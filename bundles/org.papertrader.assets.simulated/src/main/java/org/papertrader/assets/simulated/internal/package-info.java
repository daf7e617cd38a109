/** A seeded market that never existed; every number follows from seed, asset and time alone. */
package org.papertrader.assets.simulated.internal;
