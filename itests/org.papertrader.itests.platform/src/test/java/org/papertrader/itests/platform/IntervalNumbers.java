package org.papertrader.itests.platform;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;

/** In the container: the numbers of the update intervals, as they come. */
final class IntervalNumbers implements IntervalParticipant, AutoCloseable {

    private final List<Long> seen = new CopyOnWriteArrayList<>();
    private final ServiceRegistration<?> registration;

    IntervalNumbers(BundleContext context) {
        registration = context.registerService(IntervalParticipant.class, this, null);
    }

    List<Long> seen() {
        return seen;
    }

    @Override
    public void cut(long intervalId) {
        seen.add(intervalId);
    }

    @Override
    public void settle(long intervalId, Map<Symbol, Asset> prices, boolean marketOpen) {
        // When it began says enough.
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
