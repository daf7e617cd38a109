package org.papertrader.features.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A place in Maven layout with features, type {@code osgifeature}, and the bundles that they name. */
interface ArtifactRepository {
    /** As the operator wrote it. */
    String place();

    /** All features that it has. */
    List<Coordinates> features() throws IOException;

    /** The content of an artifact, empty when it is not here; the caller closes it. */
    Optional<InputStream> open(Coordinates id) throws IOException;

    /** The checksum that lies beside an artifact; empty when there is none. */
    Optional<Checksum> checksum(Coordinates id) throws IOException;
}
