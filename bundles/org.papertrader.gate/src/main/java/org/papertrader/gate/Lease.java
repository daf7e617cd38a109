package org.papertrader.gate;

/**
 * The right to call a provider until it is closed. While any lease is open, the provider is not deactivated (within the
 * gate's drain limit). Close it exactly once, from any thread.
 *
 * @param <S> the service
 */
public interface Lease<S> extends AutoCloseable {
    /** The provider; to be called only while the lease is open. */
    S service();

    @Override
    void close();
}
