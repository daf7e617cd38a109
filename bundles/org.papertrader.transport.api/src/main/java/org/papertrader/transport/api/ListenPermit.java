package org.papertrader.transport.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A service that opens the door of one side, told by its property {@code side}: the transport begins to listen to
 * clients when it first appears (WRK-1: a worker listens only after its master authorized it; MST-3: a master only after
 * its modules have started), and goes on when it disappears.
 */
@ProviderType
public interface ListenPermit {}
