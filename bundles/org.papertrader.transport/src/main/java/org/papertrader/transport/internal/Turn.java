package org.papertrader.transport.internal;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Lease;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.CarriedSessions;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.api.ClientHandler;

/**
 * One handler's time with one connection. What outlives it is the channel's; what must not (attachment, lease, the right
 * to answer) is here, so that late answers of a handler that has left reach nobody. It holds a lease on its handler
 * while a read is handled or a request is open.
 */
final class Turn implements ClientConnection {
    private final ClientChannel channel;
    private final ClientHandler handler;
    private @Nullable Lease<ClientHandler> lease;
    private @Nullable Object attachment;
    private boolean reading;
    private boolean over;
    private int open;

    Turn(ClientChannel channel, ClientHandler handler) {
        this.channel = channel;
        this.handler = handler;
    }

    ClientHandler handler() {
        return handler;
    }

    /** A read begins; takes over the lease. */
    void begin(Lease<ClientHandler> taken) {
        reading = true;
        if (lease == null) {
            lease = taken;
        } else {
            taken.close();
        }
    }

    void end() {
        reading = false;
        releaseIfIdle();
    }

    void opened(int change) {
        open += change;
        releaseIfIdle();
    }

    /** The handler has left; its tasks run no more. */
    void over() {
        over = true;
    }

    private void releaseIfIdle() {
        if (!reading && open == 0 && lease != null) {
            lease.close();
            lease = null;
        }
    }

    @Override
    public long id() {
        return channel.id();
    }

    @Override
    public InetAddress remoteAddress() {
        return channel.remoteAddress();
    }

    @Override
    public ConnectionState state() {
        return channel.facts().state();
    }

    @Override
    public void state(ConnectionState state) {
        channel.facts().state(state);
    }

    @Override
    public CarriedSessions carried() {
        return channel.facts().carried();
    }

    @Override
    public void carried(CarriedSessions sessions) {
        channel.facts().carried(sessions);
    }

    @Override
    public @Nullable Object attachment() {
        channel.facts().requireLoop();
        return attachment;
    }

    @Override
    public void attach(@Nullable Object newAttachment) {
        channel.facts().requireLoop();
        attachment = newAttachment;
    }

    @Override
    public void answer(long requestId, Return answer) {
        channel.requests().answer(this, requestId, answer);
    }

    @Override
    public void answer(long requestId, byte[] payload) {
        channel.requests().answer(this, requestId, payload);
    }

    @Override
    public void notice(Return notice) {
        channel.notice(notice);
    }

    @Override
    public void execute(Runnable task) {
        channel.hop(() -> {
            if (!over && channel.isAlive()) {
                task.run();
            }
        });
    }

    @Override
    public void close(Refusal reason) {
        channel.end(new Return.Closing(reason));
    }

    @Override
    public String toString() {
        return "connection " + channel.id() + " from " + channel.remoteAddress();
    }
}
