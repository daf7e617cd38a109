package org.papertrader.assets.simulated.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.model.Symbol;

/** Registers the simulation where it is enabled. */
@Component(
        service = {},
        immediate = true,
        configurationPid = SimulatedComponent.PID)
@Designate(ocd = SimulatedComponent.Config.class)
public final class SimulatedComponent {
    static final String PID = "org.papertrader.assets.simulated";

    /** Most assets of a simulation. */
    static final int SYMBOLS_MAX = 1_000;

    private final @Nullable ServiceRegistration<AssetSource> registration;

    /** PID {@value #PID}. */
    @ObjectClassDefinition(
            name = "PaperTrader assets: simulated",
            description = "A market that never existed, the same for the same seed, at any time")
    public @interface Config {
        @AttributeDefinition(description = "Whether the simulation is a source at all")
        boolean enabled() default false;

        @AttributeDefinition(description = "Another seed makes another market")
        long seed() default 42;

        @AttributeDefinition(description = "Symbols of the simulated assets, 1000 at most")
        String[] symbols() default {"SIMA", "SIMB", "SIMC", "SIMD", "SIME", "SIMF"};

        @AttributeDefinition(description = "Preference among sources, higher first; below the replay's by default")
        int service_ranking() default 10;
    }

    @Activate
    public SimulatedComponent(BundleContext context, Config config) {
        this.registration = config.enabled()
                ? context.registerService(
                        AssetSource.class,
                        new SimulatedSource(config.seed(), symbols(config)),
                        FrameworkUtil.asDictionary(Map.of("service.ranking", config.service_ranking())))
                : null;
    }

    private static List<Symbol> symbols(Config config) {
        List<Symbol> symbols = Stream.of(config.symbols())
                .map(name -> new Symbol(name.strip().toUpperCase(Locale.ROOT)))
                .distinct()
                .toList();
        if (symbols.size() > SYMBOLS_MAX) {
            throw new IllegalArgumentException("at most " + SYMBOLS_MAX + " symbols, not " + symbols.size());
        }
        return symbols;
    }

    @Deactivate
    void stop() {
        ServiceRegistration<AssetSource> registered = registration;
        if (registered != null) {
            registered.unregister();
        }
    }
}
