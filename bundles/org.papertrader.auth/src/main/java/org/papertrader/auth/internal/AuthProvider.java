package org.papertrader.auth.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.auth.internal.AuthSettings.SessionLimits;
import org.papertrader.auth.internal.Login.Throttles;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Listeners;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.Caller;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.sessions.api.PresenceListener;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.SessionListener;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.SessionStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's accounts and sessions: one component, because they share the sessions in memory. Its stores are swappable
 * and sit behind gates; a change of the configuration keeps all state.
 */
@Component(
        configurationPid = AuthConfig.PID,
        // Not delayed: the sessions in memory must outlive the moment in which nobody holds the service.
        immediate = true,
        service = {Accounts.class, Sessions.class, PresenceListener.class, AuthProvider.class},
        property = "side=master")
@Designate(ocd = AuthConfig.class)
public final class AuthProvider implements Accounts, Sessions, PresenceListener {
    private static final Logger LOG = LoggerFactory.getLogger(AuthProvider.class);
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(1);
    /** Groups of ended sessions that wait for a listener, while the one there was is being swapped. */
    private static final int UNTOLD_MAX = 1_000;

    private final Gate<AccountStore> accountStore = new Gate<>("accounts' storage");
    private final Gate<SessionStore> sessionStore = new Gate<>("sessions' storage");
    private final Listeners<SessionListener> listeners =
            new Listeners<>("session listeners", UNTOLD_MAX, e -> LOG.error("a session listener failed", e));
    private final WorkPool storagePool = new WorkPool("auth-storage", Stores.THREADS, Stores.QUEUE_MAX);
    private final WorkPool hashPool = new WorkPool("auth-hash", PasswordHasher.THREADS, PasswordHasher.QUEUE_MAX);
    private final SessionRegistry registry;
    private final SessionService sessions;
    private final AccountService accounts;
    private final SessionSweeper sweeper;
    private final AuthAdmin admin;
    private volatile AuthSettings settings;

    @Activate
    public AuthProvider(AuthConfig config) {
        this(AuthSettings.of(config), Clock.systemUTC(), System::nanoTime, SWEEP_PERIOD);
    }

    AuthProvider(AuthSettings settings, Clock clock, LongSupplier nanoTime, Duration sweepPeriod) {
        this.settings = settings;
        SecureRandom random = new SecureRandom();
        Stores stores = new Stores(accountStore, sessionStore, storagePool);
        Supplier<SessionLimits> limits = () -> this.settings.limits();
        PasswordHasher hasher = new PasswordHasher(hashPool, () -> this.settings.cost(), random);
        AddressThrottle addresses = new AddressThrottle(() -> this.settings.addresses(), nanoTime);
        Throttles throttles = new Throttles(new LoginThrottle(nanoTime), addresses);
        registry = new SessionRegistry(stores, limits, new SessionRegistry.Sources(clock, random), this::tell);
        sessions = new SessionService(registry, stores, limits);
        accounts = new AccountService(
                stores,
                sessions,
                registry,
                new Login(stores, registry, hasher, throttles, limits),
                new SignUp(stores, hasher, addresses, clock));
        admin = new AuthAdmin(stores, registry, limits, clock);
        sweeper = new SessionSweeper(registry, stores, sweepPeriod);
    }

    @Modified
    void modified(AuthConfig config) {
        settings = AuthSettings.of(config);
    }

    void use(AuthSettings changed) {
        settings = changed;
    }

    /** What was used last is stored as far as the storage is still there; all that is under way is answered. */
    @Deactivate
    void deactivate() {
        sweeper.close();
        try {
            registry.flush();
        } catch (UnavailableException e) {
            LOG.info("the last use of sessions was not stored: {}", e.getMessage());
        }
        hashPool.close();
        storagePool.close();
    }

    SessionRegistry registry() {
        return registry;
    }

    AuthAdmin admin() {
        return admin;
    }

    @Reference(
            name = "accountStore",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAccountStore(AccountStore store, Map<String, Object> properties) {
        accountStore.bind(store, properties);
    }

    void unbindAccountStore(AccountStore store) {
        accountStore.unbind(store);
    }

    @Reference(
            name = "sessionStore",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSessionStore(SessionStore store, Map<String, Object> properties) {
        sessionStore.bind(store, properties);
    }

    void unbindSessionStore(SessionStore store) {
        sessionStore.unbind(store);
    }

    @Reference(
            name = "sessionListener",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSessionListener(SessionListener listener, Map<String, Object> properties) {
        listeners.bind(listener, properties);
    }

    void unbindSessionListener(SessionListener listener) {
        listeners.unbind(listener);
    }

    private void tell(List<SessionId> ended) {
        listeners.tell(listener -> listener.ended(ended));
    }

    @Override
    public CompletionStage<RegisterOutcome> register(Caller caller, Registration registration) {
        return accounts.register(caller, registration);
    }

    @Override
    public CompletionStage<LoginOutcome> login(Caller caller, Credentials credentials) {
        return accounts.login(caller, credentials);
    }

    @Override
    public CompletionStage<LoginOutcome> resume(Caller caller) {
        return accounts.resume(caller);
    }

    @Override
    public CompletionStage<LogoutOutcome> logout(Caller caller) {
        return accounts.logout(caller);
    }

    @Override
    public CompletionStage<UserInfoOutcome> userInfo(Caller caller, UserName user) {
        return accounts.userInfo(caller, user);
    }

    @Override
    public CompletionStage<SessionCheck> check(Caller caller) {
        return sessions.check(caller);
    }

    @Override
    public void presence(UUID worker, List<Presence> changes) {
        sessions.presence(worker, changes);
    }

    @Override
    public void presenceReset(UUID worker) {
        sessions.presenceReset(worker);
    }
}
