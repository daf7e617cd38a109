package org.papertrader.marketdata.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Caller;

/**
 * Values of assets (PRO-7, PRO-13). The master's provider answers from memory and storage, a worker's from its link to
 * the master; the service property {@code side} tells which ({@code master} or {@code worker}). Stages complete on any
 * thread, and exceptionally only with {@code UnavailableException}, {@code BusyException} or a fault.
 */
@ProviderType
public interface MarketData {
    /** Answers a query. Never anything later than market time. */
    CompletionStage<MarketReply> query(Caller caller, MarketQuery query);

    /** Assets in order of symbol; see {@link AssetListQuery}. */
    CompletionStage<AssetListReply> list(Caller caller, AssetListQuery query);

    /**
     * What market it is; empty at a worker that has not heard from its master yet. Answered from memory, never blocks.
     */
    Optional<MarketStatus> status();
}
