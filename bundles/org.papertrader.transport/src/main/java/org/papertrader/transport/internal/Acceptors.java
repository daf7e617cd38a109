package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.papertrader.transport.api.StreamAcceptor;

/** Who takes streams, and the streams that they took: these end with their acceptor. Any thread. */
final class Acceptors {
    static final int MAGIC_LENGTH = 4;

    private final List<StreamAcceptor> acceptors = new CopyOnWriteArrayList<>();
    private final Map<StreamAcceptor, Set<Channel>> streams = new ConcurrentHashMap<>();

    void bind(StreamAcceptor acceptor) {
        acceptors.add(acceptor);
    }

    void unbind(StreamAcceptor acceptor) {
        acceptors.remove(acceptor);
        Set<Channel> open = streams.remove(acceptor);
        if (open != null) {
            open.forEach(Channel::close);
        }
    }

    /** The acceptor whose magic begins with all the bytes that have come so far; null when there is none. */
    @Nullable
    StreamAcceptor matching(ByteBuf first) {
        for (StreamAcceptor acceptor : acceptors) {
            if (matches(acceptor.magic(), first)) {
                return acceptor;
            }
        }
        return null;
    }

    /** A channel handler that lets the acceptor handle the stream. */
    StreamChannel stream(StreamAcceptor acceptor, Channel channel, QuietLog quietLog) {
        Set<Channel> open = streams.computeIfAbsent(acceptor, key -> ConcurrentHashMap.newKeySet());
        open.add(channel);
        channel.closeFuture().addListener(closed -> open.remove(channel));
        if (!acceptors.contains(acceptor)) {
            // It left between the choice and now, and may not have seen this channel.
            channel.close();
        }
        return new StreamChannel(channel, acceptor::accept, quietLog);
    }

    /** How many streams are open. */
    int streams() {
        return streams.values().stream().mapToInt(Set::size).sum();
    }

    /** Closes all streams. */
    void close() {
        streams.values().forEach(open -> open.forEach(Channel::close));
    }

    private static boolean matches(byte[] magic, ByteBuf first) {
        int length = Math.min(MAGIC_LENGTH, first.readableBytes());
        for (int i = 0; i < length; i++) {
            if (first.getByte(first.readerIndex() + i) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
