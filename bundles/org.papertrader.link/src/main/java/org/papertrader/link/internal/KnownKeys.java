package org.papertrader.link.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.PeerKey;

/** Registered certificates as they were last read: reading one costs more than remembering it. Any thread. */
final class KnownKeys {
    static final int MAX = 4_096;

    private final Map<String, Loaded<PeerKey>> byText = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Entry<String, Loaded<PeerKey>> eldest) {
            return size() > MAX;
        }
    };

    /** Reads it if it is new: costs milliseconds. */
    Loaded<PeerKey> read(String armored) {
        Optional<Loaded<PeerKey>> known = known(armored);
        return known.orElseGet(() -> {
            Loaded<PeerKey> key = PeerKey.parse(armored);
            remember(armored, key);
            return key;
        });
    }

    private synchronized void remember(String armored, Loaded<PeerKey> key) {
        byText.put(armored, key);
    }

    private synchronized Optional<Loaded<PeerKey>> known(String armored) {
        return Optional.ofNullable(byText.get(armored));
    }
}
