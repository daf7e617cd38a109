package org.papertrader.itests.platform;

import java.net.URL;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.options.UrlProvisionOption;
import org.ops4j.pax.tinybundles.TinyBundles;
import org.osgi.framework.Constants;
import org.papertrader.client.TraderClient;
import org.papertrader.protocol.ProtocolV1;

/**
 * On the host: the client library, which is a plain jar, as a bundle for the container. It brings its own codec, as the
 * library does everywhere, so that swapping the servers' does not touch it.
 */
final class ClientBundle {

    private static final String IMPORTS = String.join(
            ",",
            "io.netty.buffer",
            "javax.crypto",
            "javax.crypto.spec",
            "javax.net.ssl",
            "org.bouncycastle.crypto.generators",
            "org.bouncycastle.crypto.params",
            "org.papertrader.model",
            "org.papertrader.protocol.api");

    private static final String EXPORTS = TraderClient.class.getPackageName() + "," + ProtocolV1.class.getPackageName();

    private ClientBundle() {}

    static UrlProvisionOption option() {
        return CoreOptions.streamBundle(TinyBundles.bundle()
                .addResource("client.jar", jar(TraderClient.class))
                .addResource("protocol.jar", jar(ProtocolV1.class))
                .setHeader(Constants.BUNDLE_MANIFESTVERSION, "2")
                .setHeader(Constants.BUNDLE_SYMBOLICNAME, "org.papertrader.it.client")
                .setHeader(Constants.BUNDLE_CLASSPATH, "client.jar,protocol.jar")
                .setHeader(Constants.IMPORT_PACKAGE, IMPORTS)
                .setHeader(Constants.EXPORT_PACKAGE, EXPORTS)
                .build(TinyBundles.rawBuilder()));
    }

    private static URL jar(Class<?> anyClass) {
        URL place = anyClass.getProtectionDomain().getCodeSource().getLocation();
        if (!place.getPath().endsWith(".jar")) {
            throw new IllegalStateException(place + " is no jar: these tests run once everything is packaged");
        }
        return place;
    }
}
