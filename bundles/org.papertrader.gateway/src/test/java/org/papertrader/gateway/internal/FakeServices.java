package org.papertrader.gateway.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.cache.api.CacheKey;
import org.papertrader.cache.api.CacheStats;
import org.papertrader.cache.api.CachedPayload;
import org.papertrader.cache.api.PayloadCache;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.MasterFacts;
import org.papertrader.link.api.MasterLink;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.Freshness;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.Volume;
import org.papertrader.model.WorkerStatus;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;
import org.papertrader.sessions.api.ClientSessions;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.api.OrdersOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.Trading;
import org.papertrader.trading.api.TransactionsOutcome;

/** The services that a gateway calls, answered by the test. */
final class FakeServices {
    private static final Symbol AAPL = new Symbol("AAPL");

    private FakeServices() {}

    /** Sessions in a map; unknown ones are checked by {@code pending} or {@code check}. */
    static final class MapSessions implements ClientSessions {
        CompletableFuture<SessionCheck> pending;
        SessionCheck check = new SessionCheck.Inactive(Refusal.of(ReasonCode.NO_SESSION));
        final Map<SessionId, Session> carried = new HashMap<>();
        private final Map<SessionId, FakeEntry> entries = new HashMap<>();

        @Override
        public Entry find(SessionId id) {
            return entries.get(id);
        }

        @Override
        public CompletionStage<SessionCheck> verify(Caller caller) {
            return pending == null ? CompletableFuture.completedFuture(check) : pending;
        }

        @Override
        public Entry remember(SessionId id, Session session) {
            FakeEntry entry = new FakeEntry(id, session);
            entries.put(id, entry);
            return entry;
        }

        @Override
        public void forget(List<SessionId> ids) {
            ids.forEach(id -> {
                entries.remove(id).active = false;
                carried.remove(id);
            });
        }

        @Override
        public boolean opened(long connectionId, String address) {
            return true;
        }

        @Override
        public void carries(long connectionId, Map<SessionId, Session> sessions) {
            carried.clear();
            carried.putAll(sessions);
        }

        @Override
        public Set<SessionId> carried(long connectionId) {
            return carried.keySet();
        }

        @Override
        public void closed(long connectionId) {}

        @Override
        public int connections() {
            return 1;
        }

        @Override
        public int sessions() {
            return entries.size();
        }

        @Override
        public Map<Long, Set<SessionId>> connectionsOf(AccountId account) {
            Map<SessionId, Session> own = new HashMap<>(carried);
            own.values().removeIf(session -> !session.account().equals(account));
            return Map.of(1L, own.keySet());
        }
    }

    static final class FakeEntry implements ClientSessions.Entry {
        boolean active = true;
        private final SessionId id;
        private final Session session;

        FakeEntry(SessionId id, Session session) {
            this.id = id;
            this.session = session;
        }

        @Override
        public SessionId id() {
            return id;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public boolean isActive(long nowMillis) {
            return active;
        }
    }

    /** Market data that is answered by the test. */
    static final class AskedMarketData implements MarketData {
        final List<MarketQuery> asked = new ArrayList<>();
        long freshForMillis = 60_000;
        private CompletableFuture<MarketReply> reply = new CompletableFuture<>();

        @Override
        public CompletionStage<MarketReply> query(Caller caller, MarketQuery query) {
            asked.add(query);
            reply = new CompletableFuture<>();
            return reply;
        }

        void answer(String price) {
            Price value = Price.parse(price);
            Instant now = Instant.now();
            Bar bar = new Bar(Instant.EPOCH, Instant.EPOCH, value, value, value, value, Volume.ZERO);
            reply.complete(new MarketReply.Current(
                    new Asset(AAPL, bar, "test"), new Freshness(now, now.plusMillis(freshForMillis))));
        }

        void refuse(ReasonCode code) {
            reply.complete(new MarketReply.Refused(Refusal.of(code)));
        }

        @Override
        public CompletionStage<AssetListReply> list(Caller caller, AssetListQuery query) {
            return CompletableFuture.completedFuture(
                    new AssetListReply.Refused(Refusal.of(ReasonCode.MASTER_UNAVAILABLE)));
        }

        @Override
        public Optional<MarketStatus> status() {
            return Optional.empty();
        }
    }

    static final class MapCache implements PayloadCache {
        private final Map<CacheKey, CachedPayload> entries = new HashMap<>();

        @Override
        public CachedPayload get(CacheKey key, long nowMillis) {
            return entries.get(key);
        }

        @Override
        public void put(CacheKey key, CachedPayload payload) {
            entries.put(key, payload);
        }

        @Override
        public void evict(CacheKey key) {
            entries.remove(key);
        }

        @Override
        public CacheStats stats() {
            return new CacheStats(0, 0, 0, entries.size(), 0);
        }
    }

    /** Accepts every order and remembers who gave it. */
    static final class AskedTrading implements Trading {
        final List<Caller> callers = new ArrayList<>();
        boolean holds;
        final List<Runnable> held = new ArrayList<>();

        @Override
        public CompletionStage<OrderOutcome> submit(Caller caller, OrderTicket ticket) {
            callers.add(caller);
            OrderOutcome accepted = new OrderOutcome.Accepted(new OrderId(callers.size()), Money.ZERO, Money.ZERO, 1);
            CompletableFuture<OrderOutcome> outcome = new CompletableFuture<>();
            held.add(() -> outcome.complete(accepted));
            if (!holds) {
                held.remove(held.size() - 1).run();
            }
            return outcome;
        }

        @Override
        public CompletionStage<CancelOutcome> cancel(Caller caller, OrderId order) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<PortfolioOutcome> portfolio(Caller caller, UserName user) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<TransactionsOutcome> transactions(Caller caller, UserName user, long after) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<OrdersOutcome> orders(Caller caller, boolean onlyOpen, OrderId before) {
            return new CompletableFuture<>();
        }
    }

    /** Logouts wait for the test. */
    static final class AskedAccounts implements Accounts {
        final List<Caller> loggingOut = new ArrayList<>();
        final CompletableFuture<LogoutOutcome> loggedOut = new CompletableFuture<>();

        @Override
        public CompletionStage<RegisterOutcome> register(Caller caller, Registration registration) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<LoginOutcome> login(Caller caller, Credentials credentials) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<LoginOutcome> resume(Caller caller) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<LogoutOutcome> logout(Caller caller) {
            loggingOut.add(caller);
            return loggedOut;
        }

        @Override
        public CompletionStage<UserInfoOutcome> userInfo(Caller caller, UserName user) {
            return new CompletableFuture<>();
        }
    }

    static final class ToldFacts implements MasterFacts {
        CompletableFuture<Return.Workers> workers = new CompletableFuture<>();

        @Override
        public CompletionStage<ServerInfo> serverInfo() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Return.Workers> workers() {
            return workers;
        }
    }

    static final class NumberingLink implements MasterLink {
        private long sequence;

        @Override
        public CompletionStage<LinkReply> send(LinkRequest request) {
            return new CompletableFuture<>();
        }

        @Override
        public void presence(List<Presence> changes) {}

        @Override
        public void tell(Instant asked, WorkerStatus status) {}

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public UUID worker() {
            return new UUID(7, 7);
        }

        @Override
        public long nextSequence() {
            return ++sequence;
        }
    }
}
