package org.papertrader.link.internal.secure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that gpg 2.2 made, in the folder of the same name among the resources: ed25519 with cv25519 where the name says
 * nothing else.
 */
public final class Keys {
    public static final UUID WORKER = UUID.fromString("5b3f8a52-6f0e-4c9b-9d55-0f4d5f1c0001");
    static final Clock CLOCK = Clock.systemUTC();
    static final String WORKER_PASSPHRASE = "worker passphrase";

    private static final Map<String, OwnKey> OWN = new ConcurrentHashMap<>();

    private Keys() {}

    public static byte[] resource(String name) {
        try (InputStream in = Keys.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String armored(String name) {
        return new String(resource(name + ".asc"), java.nio.charset.StandardCharsets.US_ASCII);
    }

    public static PeerKey peer(String name) {
        return good(PeerKey.parse(resource(name + ".asc")));
    }

    /** Unlocked once: gpg makes that slow on purpose. */
    public static OwnKey own(String name) {
        return OWN.computeIfAbsent(
                name,
                each -> good(OwnKey.parse(
                        resource(each + ".secret.asc"),
                        (fingerprint, attempt) -> new Loaded.Good<>(WORKER_PASSPHRASE.toCharArray()),
                        CLOCK.instant())));
    }

    static <T> T good(Loaded<T> loaded) {
        if (loaded instanceof Loaded.Good<T> good) {
            return good.value();
        }
        throw new AssertionError(((Loaded.Bad<T>) loaded).problem());
    }

    static <T> String problem(Loaded<T> loaded) {
        return loaded instanceof Loaded.Bad<T> bad ? bad.problem() : "(no problem)";
    }
}
