package org.papertrader.gateway.internal;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.CarriedSessions;
import org.papertrader.transport.api.ClientConnection;

/** A connection that records what was sent; its event loop is the caller. */
final class FakeConnection implements ClientConnection {
    /** What was answered, in order: a {@link Return} or payload bytes as text. */
    final List<Object> answers = new ArrayList<>();

    final List<Return> notices = new ArrayList<>();
    private ConnectionState state = ConnectionState.COMMAND;
    private CarriedSessions carried = CarriedSessions.NONE;
    private Object attachment;
    private Refusal closed;

    @Override
    public long id() {
        return 1;
    }

    @Override
    public InetAddress remoteAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public ConnectionState state() {
        return state;
    }

    @Override
    public void state(ConnectionState next) {
        state = next;
    }

    @Override
    public CarriedSessions carried() {
        return carried;
    }

    @Override
    public void carried(CarriedSessions sessions) {
        carried = sessions;
    }

    @Override
    public Object attachment() {
        return attachment;
    }

    @Override
    public void attach(Object object) {
        attachment = object;
    }

    @Override
    public void answer(long requestId, Return answer) {
        answers.add(answer);
    }

    @Override
    public void answer(long requestId, byte[] payload) {
        answers.add(payload);
    }

    @Override
    public void notice(Return notice) {
        notices.add(notice);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void close(Refusal reason) {
        closed = reason;
    }

    Refusal closed() {
        return closed;
    }
}
