package org.papertrader.transport.internal;

import java.util.Map;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.shell.text.Facts;
import org.papertrader.transport.api.ClientHandler;
import org.papertrader.transport.api.ListenPermit;
import org.papertrader.transport.api.StreamAcceptor;

/**
 * The port of one side. It opens when its side is first permitted to listen, and stays open (MST-3, WRK-1). Limits may
 * change while connections stand; a change of the address moves the port and leaves them alone.
 */
@Component(
        service = ClientListener.class,
        immediate = true,
        configurationPid = ClientListener.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TransportConfig.class, factory = true)
public final class ClientListener {
    static final String PID = "org.papertrader.transport";

    private final String side;
    private final ServiceAnnouncer announcer;
    private final ClientPort port;
    private final Acceptors acceptors = new Acceptors();
    private final Listener listener;
    private final Door door;

    /** Opens nothing yet. */
    @Activate
    public ClientListener(BundleContext context, @Reference EventLoops loops, TransportConfig config) {
        side = Objects.requireNonNullElse(config.side(), "");
        announcer = new ServiceAnnouncer(context, side);
        port = new ClientPort(side, Limits.of(config));
        listener = new Listener(loops, port, acceptors, side.equals("master"));
        door = new Door(side, listener, loops.handshakes(), announcer);
        door.configure(config);
    }

    @Modified
    void modified(TransportConfig config) {
        port.limits(Limits.of(config));
        door.configure(config);
    }

    @Deactivate
    void stop() {
        announcer.close();
        door.close();
        listener.close();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCodec(FrameCodec codec, Map<String, Object> properties) {
        port.bindCodec(codec, properties);
    }

    void unbindCodec(FrameCodec codec) {
        port.unbindCodec(codec);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHandler(ClientHandler handler, Map<String, Object> properties) {
        if (side.equals(properties.get("side"))) {
            port.bindHandler(handler, properties);
        }
    }

    void unbindHandler(ClientHandler handler) {
        port.unbindHandler(handler);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAcceptor(StreamAcceptor acceptor) {
        acceptors.bind(acceptor);
    }

    void unbindAcceptor(StreamAcceptor acceptor) {
        acceptors.unbind(acceptor);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPermit(ListenPermit permit, Map<String, Object> properties) {
        if (side.equals(properties.get("side"))) {
            door.permit();
        }
    }

    /** What was permitted once stays so. */
    @SuppressWarnings("unused")
    void unbindPermit(ListenPermit permit) {}

    /** A row for the shell. */
    Facts report() {
        Counters c = port.counters;
        return new Facts()
                .add("port", side)
                .add("address", door.where())
                .add("connections", port.connections())
                .more("connectionsMax", port.limits().connectionsMax())
                .add("links", acceptors.streams())
                .add("opened", c.opened.sum())
                .add("refused", c.refused.sum())
                .add("requests", c.requests.sum())
                .add("busy", c.busy.sum())
                .more("malformed", c.malformed.sum())
                .more("timeouts", c.timeouts.sum())
                .more("noticesDropped", c.noticesDropped.sum())
                .more("arriving", port.arriving())
                .more("handshakes", c.handshakes.sum())
                .more("handshakesFailed", c.handshakesFailed.sum());
    }

    /** A row for the shell. */
    Facts certificate() {
        Credential credential = door.credential();
        return new Facts()
                .add("port", side)
                .add("tls", credential != null)
                .add("sha256", credential == null ? null : credential.fingerprint())
                .add(
                        "subject",
                        credential == null ? null : credential.certificate().getSubjectX500Principal())
                .add("validUntil", credential == null ? null : credential.validUntil());
    }
}
