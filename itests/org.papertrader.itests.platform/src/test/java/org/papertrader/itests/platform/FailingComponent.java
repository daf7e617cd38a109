package org.papertrader.itests.platform;

/** Becomes a component of a bundle of its own during a test, and does not come up. */
public final class FailingComponent {

    /** Called by Declarative Services. */
    public void activate() {
        throw new IllegalStateException("no licence found");
    }
}
