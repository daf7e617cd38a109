package org.papertrader.trading.internal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.SynchronousBundleListener;
import org.papertrader.trading.api.Trading;

/**
 * Other versions of this bundle beside it. There is one writer, and the latest to start takes over, so who has lost its
 * orders to another version trades again once no newer one runs. The newest always wins: a version never takes over from
 * a newer one, and never twice from the same start of another, so two of them cannot take turns. Who has lost them to
 * anybody else, such as another process, is out. Thread-safe.
 */
final class Succession implements SynchronousBundleListener, ServiceListener {
    private static final String TRADING = "(" + Constants.OBJECTCLASS + "=" + Trading.class.getName() + ")";

    private final BundleContext context;
    private final Runnable check;
    private final Runnable resume;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean rivalled;
    private volatile boolean lost;

    /**
     * Both are called on whatever thread, and return soon.
     *
     * @param check finds out whether another writer has taken over, though there is nothing to write
     * @param resume trades again; called at most once
     */
    Succession(BundleContext context, Runnable check, Runnable resume) {
        this.context = context;
        this.check = check;
        this.resume = resume;
    }

    /** Whether to begin now; else a newer one runs, and all goes on as if it had taken over. */
    boolean open() {
        context.addBundleListener(this);
        listenForTrading();
        if (!isNewerRunning()) {
            return true;
        }
        rivalled = true;
        lost();
        return false;
    }

    /** It is not called any more, unless it is being called. */
    void close() {
        over.set(true);
        context.removeBundleListener(this);
        context.removeServiceListener(this);
    }

    private void listenForTrading() {
        try {
            context.addServiceListener(this, TRADING);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(TRADING, e);
        }
    }

    /** Another version that trades has taken over. Whoever does not know it yet would answer from what was. */
    @Override
    public void serviceChanged(ServiceEvent event) {
        Bundle bundle = event.getServiceReference().getBundle();
        if (event.getType() == ServiceEvent.REGISTERED && bundle != null && isRival(bundle)) {
            check.run();
        }
    }

    /** Another writer has taken over; whether there is another version here, which will be it. */
    boolean lost() {
        lost = true;
        look();
        return rivalled;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (!isRival(event.getBundle())) {
            return;
        }
        if (event.getType() == BundleEvent.STARTING || event.getType() == BundleEvent.STARTED) {
            rivalled = true;
        }
        if (event.getType() == BundleEvent.STOPPED && !lost) {
            // It may have taken over without having come to trade.
            check.run();
        }
        look();
    }

    private void look() {
        if (lost
                && rivalled
                && !isNewerRunning()
                && context.getBundle().getState() != Bundle.STOPPING
                && context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() != Bundle.STOPPING
                && over.compareAndSet(false, true)) {
            resume.run();
        }
    }

    private boolean isNewerRunning() {
        return Arrays.stream(context.getBundles()).anyMatch(other -> isRival(other) && isNewer(other) && runs(other));
    }

    private boolean isRival(Bundle other) {
        Bundle own = context.getBundle();
        return other.getBundleId() != own.getBundleId() && own.getSymbolicName().equals(other.getSymbolicName());
    }

    private boolean isNewer(Bundle other) {
        return other.getVersion().compareTo(context.getBundle().getVersion()) > 0;
    }

    private static boolean runs(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.STARTING, Bundle.ACTIVE, Bundle.STOPPING -> true;
            default -> false;
        };
    }
}
