package org.papertrader.features.internal;

import java.nio.file.Path;
import org.osgi.service.feature.ID;

/** A folder of artifacts, laid out as a Maven repository. */
record MavenLayout(Path root) {

    /** Where the artifact lies if it is there. */
    Path file(ID id) {
        String name = id.getArtifactId()
                + "-"
                + id.getVersion()
                + id.getClassifier().map(classifier -> "-" + classifier).orElse("")
                + "."
                + id.getType().orElse("jar");
        return root.resolve(id.getGroupId().replace('.', '/'))
                .resolve(id.getArtifactId())
                .resolve(id.getVersion())
                .resolve(name);
    }
}
