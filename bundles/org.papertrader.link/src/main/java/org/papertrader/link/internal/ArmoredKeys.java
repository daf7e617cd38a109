package org.papertrader.link.internal;

import java.time.Instant;
import org.osgi.service.component.annotations.Component;
import org.papertrader.link.api.PublicKeys;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.PeerKey;

/** Reads certificates exactly as handshakes do. */
@Component
public final class ArmoredKeys implements PublicKeys {
    @Override
    public KeyFacts read(String armored) {
        if (armored.length() > ARMORED_MAX) {
            throw new IllegalArgumentException("more than " + ARMORED_MAX + " characters");
        }
        Loaded<PeerKey> key = PeerKey.parse(armored);
        if (key instanceof Loaded.Good<PeerKey> good) {
            Instant now = Instant.now();
            PeerKey read = good.value();
            return new KeyFacts(
                    read.fingerprint(),
                    read.userIds(),
                    read.created(),
                    read.expires(now).orElse(null),
                    read.algorithm(),
                    read.canSign(now),
                    read.canEncrypt(now));
        }
        throw new IllegalArgumentException(((Loaded.Bad<PeerKey>) key).problem());
    }
}
