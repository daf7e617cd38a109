package org.papertrader.workers.api;

import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.WorkerServer;

/** The register of workers at the master (MST-19 to MST-22, DS-6). Thread-safe; answers from memory. */
@ProviderType
public interface Workers {
    /**
     * Decides on a worker that connected: only registered and enabled ones, from allowed addresses. Of two links of one
     * worker the newer wins; the caller closes the older. A provider that newly appears is asked again for every link
     * that stands, so that it knows who is connected.
     */
    Admission admit(WorkerHello hello, InetAddress address);

    /** An admitted worker has no link any more; not told of a link that a newer one of the same worker replaced. */
    void left(UUID worker);

    /** Workers that are registered, enabled and connected, for clients (MST-22, PRO-10). At most 1,000. */
    List<WorkerServer> available();

    /**
     * What a worker tells when it connects.
     *
     * @param server its identity and the address that clients shall use
     * @param version its software version
     */
    record WorkerHello(WorkerServer server, String version) {}

    /** The decision. */
    sealed interface Admission {
        /** It may work. */
        record Admitted() implements Admission {}

        /** It may not; the text is for the master's log, not for the wire. */
        record Rejected(String text) implements Admission {}
    }
}
