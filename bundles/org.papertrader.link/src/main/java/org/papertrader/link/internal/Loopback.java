package org.papertrader.link.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** As long as links are not encrypted, they do not leave the machine. */
final class Loopback {
    private Loopback() {}

    /** What to tell the operator when this host is no loopback address; empty when it is one. */
    static Optional<String> problem(String masterHost) {
        try {
            if (InetAddress.getByName(masterHost).isLoopbackAddress()) {
                return Optional.empty();
            }
        } catch (UnknownHostException e) {
            return Optional.of("org.papertrader.link.worker:masterHost: there is no host " + masterHost);
        }
        return Optional.of("org.papertrader.link.worker:masterHost=" + masterHost
                + " is refused: without encryption a link stays on a loopback address such as 127.0.0.1");
    }
}
