package org.papertrader.link.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.papertrader.link.internal.secure.KeyMaker;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.OwnKey;
import org.papertrader.link.internal.secure.Passphrase;
import org.papertrader.link.internal.secure.PeerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This side's key: the operator's, or one that is made at the first start, its public part beside it. */
final class OwnKeys {
    private static final Logger LOG = LoggerFactory.getLogger(OwnKeys.class);

    private OwnKeys() {}

    /** Opens it. Blocks, for a second or more where there is a passphrase. */
    static Loaded<OwnKey> open(String side, Path file, Passphrase passphrase) {
        Path open = KeyMaker.openFile(file);
        try {
            if (Files.notExists(file)) {
                PeerKey made = KeyMaker.make("PaperTrader " + side, file, open);
                LOG.info("made the {}'s key {}; its public part is {}", side, made.fingerprint(), open);
            }
        } catch (IOException e) {
            return new Loaded.Bad<>("the key " + file + " cannot be made: " + e);
        }
        Loaded<OwnKey> key = OwnKey.load(file, passphrase, Instant.now());
        if (key instanceof Loaded.Good<OwnKey> good) {
            LOG.info("the {}'s key is {}", side, good.value().fingerprint());
        }
        return key;
    }
}
