package org.papertrader.clientmanagement.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.MasterLink;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.ClientSessions;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;

/** The clients and sessions of this worker (WRK-3, WRK-4). */
@Component(
        configurationPid = "org.papertrader.clientmanagement",
        service = {ClientSessions.class, LinkListener.class, LocalClientSessions.class},
        property = "side=worker")
@Designate(ocd = LocalClientSessions.Config.class)
public final class LocalClientSessions implements ClientSessions, LinkListener {
    /** Configuration, PID {@code org.papertrader.clientmanagement}. */
    @ObjectClassDefinition(id = "org.papertrader.clientmanagement", name = "PaperTrader client management")
    public @interface Config {
        /** Most clients at once. */
        @AttributeDefinition(min = "1", name = "Connections", description = "Most clients connected at once, 1 and up.")
        int connectionsMax() default 10_000;

        /** Most sessions remembered. */
        @AttributeDefinition(min = "1", name = "Sessions", description = "Most verified sessions remembered, 1 and up.")
        int sessionsMax() default 100_000;

        /** How long a verification is trusted. */
        @AttributeDefinition(
                min = "0",
                name = "Trust",
                description = "Milliseconds for which the master's word on a session is trusted without asking again.")
        long trustMs() default 300_000;
    }

    private static final long SWEEP_SECONDS = 30;

    private final Gate<Sessions> sessionsGate = new Gate<>("sessions");
    private final Gate<MasterLink> linkGate = new Gate<>("link to the master");
    private final ConnectedClients clients;
    private final SessionRegister register;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "client-management");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public LocalClientSessions(Config config) {
        this.clients = new ConnectedClients(Math.max(1, config.connectionsMax()), this::tellMaster);
        this.register = new SessionRegister(
                Math.max(1, config.sessionsMax()),
                Duration.ofMillis(config.trustMs()),
                Clock.systemUTC(),
                caller -> sessionsGate.callAsync(sessions -> sessions.check(caller)));
        sweeper.scheduleWithFixedDelay(register::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void deactivate() {
        sweeper.shutdownNow();
    }

    @Reference(
            name = "sessions",
            target = "(side=worker)",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSessions(Sessions sessions, Map<String, Object> properties) {
        sessionsGate.bind(sessions, properties);
    }

    void unbindSessions(Sessions sessions) {
        sessionsGate.unbind(sessions);
    }

    @Reference(
            name = "link",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLink(MasterLink link, Map<String, Object> properties) {
        linkGate.bind(link, properties);
    }

    void unbindLink(MasterLink link) {
        linkGate.unbind(link);
    }

    @Override
    public @Nullable Entry find(SessionId id) {
        return register.find(id);
    }

    @Override
    public CompletionStage<SessionCheck> verify(Caller caller) {
        return register.verify(caller);
    }

    @Override
    public Entry remember(SessionId id, Session session) {
        return register.remember(id, session);
    }

    @Override
    public void forget(List<SessionId> ids) {
        register.forget(ids);
        clients.ended(ids);
    }

    @Override
    public boolean opened(long connectionId, String address) {
        return clients.opened(connectionId, address);
    }

    @Override
    public void carries(long connectionId, Map<SessionId, Session> carried) {
        clients.carries(connectionId, carried);
    }

    @Override
    public Set<SessionId> carried(long connectionId) {
        return clients.carried(connectionId);
    }

    @Override
    public void closed(long connectionId) {
        clients.closed(connectionId);
    }

    @Override
    public int connections() {
        return clients.size();
    }

    @Override
    public int sessions() {
        return register.size();
    }

    @Override
    public Map<Long, Set<SessionId>> connectionsOf(AccountId account) {
        return clients.connectionsOf(account);
    }

    @Override
    public void up() {
        clients.tellAll();
    }

    @Override
    public void down() {
        // Verified sessions stay trusted for their time: cached reads go on (PRO-16).
    }

    @Override
    public void pushed(LinkPush push) {
        if (push instanceof LinkPush.SessionsEnded ended) {
            forget(ended.sessions());
        }
    }

    Map<Long, ConnectedClients.Client> connected() {
        return clients.snapshot();
    }

    private void tellMaster(List<Presence> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Lease<MasterLink> lease = linkGate.tryLease();
        if (lease != null) {
            try (lease) {
                lease.service().presence(changes);
            }
        }
    }
}
