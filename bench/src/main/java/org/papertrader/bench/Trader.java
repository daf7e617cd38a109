package org.papertrader.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ServerTrust;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.Request;

/** What a measurement does through the ordinary client before the load begins. */
final class Trader implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery staple";

    private final BlockingTraderClient client;

    /** Registers a new user and logs in with a session that outlives the connection. */
    Trader(InetSocketAddress worker, String userName) {
        client = BlockingTraderClient.connect(
                worker.getHostString(),
                worker.getPort(),
                ClientOptions.defaults()
                        .withRequestTimeout(Duration.ofSeconds(60))
                        .withTrust(ServerTrust.plaintext()));
        client.register(userName, userName + "@example.org", PASSWORD);
        client.login(userName, PASSWORD, false);
    }

    SessionId session() {
        return client.session();
    }

    /** At most {@code max} assets that have a value. */
    List<String> symbols(int max) {
        return client.assets("").stream()
                .filter(asset -> asset.current() != null)
                .map(AssetInfo::symbol)
                .map(Symbol::value)
                .limit(max)
                .toList();
    }

    /** Asks for the current values, so that they are in the worker's cache, and gives them as they are on the wire. */
    Map<String, byte[]> currentPayloads(List<String> symbols) {
        Map<String, byte[]> payloads = new LinkedHashMap<>();
        for (String symbol : symbols) {
            payloads.put(symbol, ProtocolV1.payloads().encode(client.quote(new Symbol(symbol))));
        }
        return payloads;
    }

    /** The frame that puts a connection into the data transfer state. */
    byte[] switchToData() {
        ByteBuf out = Unpooled.buffer();
        ProtocolV1.frames().encodeRequest(1, session(), new Request.SwitchState(ConnectionState.DATA_TRANSFER), out);
        return ByteBufUtil.getBytes(out);
    }

    @Override
    public void close() {
        client.close();
    }
}
