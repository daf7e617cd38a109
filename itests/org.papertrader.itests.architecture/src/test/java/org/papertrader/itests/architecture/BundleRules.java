package org.papertrader.itests.architecture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The rules of docs/architecture.md, 'Who may use whom', that manifests can prove. Each answers what breaks it. */
final class BundleRules {
    private static final String ROOT = "org.papertrader.";
    private static final String MODEL = ROOT + "model";
    private static final String NULLNESS = "org.jspecify.annotations";

    /** Libraries of people who are not in the framework; nothing of the platform wires to them. */
    private static final Set<String> PLAIN_JARS =
            Set.of(ROOT + "client", ROOT + "cli", ROOT + "assets.testkit", ROOT + "shell.console");

    /** What contracts may import beyond {@code model}; every other one uses {@code model} alone. */
    private static final Map<String, Set<String>> CONTRACT_IMPORTS = Map.of(
            MODEL,
            Set.of(),
            ROOT + "gate",
            Set.of("org.osgi.framework"),
            ROOT + "protocol.api",
            Set.of(MODEL, "io.netty.buffer"),
            ROOT + "transport.api",
            Set.of(MODEL, ROOT + "protocol.api"),
            ROOT + "link.api",
            Set.of(MODEL, ROOT + "protocol.api", ROOT + "sessions.api"));

    private static final Set<String> NETTY_FENCE =
            Set.of(ROOT + "protocol.api", ROOT + "protocol", ROOT + "transport", ROOT + "link", ROOT + "client");

    private static final Set<String> OPENPGP_FENCE = Set.of(ROOT + "link");

    /**
     * The gateway tells clients before the framework stops, the master its own version; the shell shows bundles, and reads
     * the manuals in them.
     */
    private static final Set<String> FRAMEWORK_FENCE = Set.of(
            ROOT + "launcher",
            ROOT + "features",
            ROOT + "deploy",
            ROOT + "gate",
            ROOT + "log.front",
            ROOT + "gateway",
            ROOT + "master",
            ROOT + "log",
            ROOT + "shell.console",
            ROOT + "shell",
            ROOT + "shell.ssh");

    private final Set<String> framework;

    /** {@code publishers} are providers that register a service themselves, once it is ready. */
    BundleRules(Set<String> publishers) {
        Set<String> all = new HashSet<>(FRAMEWORK_FENCE);
        all.addAll(publishers);
        framework = Set.copyOf(all);
    }

    List<String> violations(List<BuiltBundle> bundles) {
        List<String> found = new ArrayList<>();
        for (BuiltBundle bundle : bundles) {
            found.addAll(contractImports(bundle));
            found.addAll(providerImports(bundle));
            found.addAll(exports(bundle));
            found.addAll(internal(bundle));
            found.addAll(fence(bundle, "io.netty.", NETTY_FENCE));
            found.addAll(fence(bundle, "org.bouncycastle.openpgp", OPENPGP_FENCE));
            found.addAll(fence(bundle, "org.bouncycastle.bcpg", OPENPGP_FENCE));
            found.addAll(fence(bundle, "org.osgi.framework", framework));
            found.addAll(adapter(bundle));
        }
        return found;
    }

    private static List<String> contractImports(BuiltBundle bundle) {
        if (!bundle.isApi()) {
            return List.of();
        }
        Set<String> allowed = CONTRACT_IMPORTS.getOrDefault(bundle.name(), Set.of(MODEL));
        return imports(bundle, name -> !allowed.contains(name) && !name.equals(NULLNESS), "a contract imports");
    }

    private static List<String> providerImports(BuiltBundle bundle) {
        if (PLAIN_JARS.contains(bundle.name())) {
            return List.of();
        }
        return imports(bundle, name -> name.startsWith(ROOT) && !isContract(name), "imports another provider's");
    }

    private static List<String> exports(BuiltBundle bundle) {
        List<String> found = new ArrayList<>();
        boolean mayExport =
                bundle.isApi() || Set.of(ROOT + "log.front", ROOT + "client").contains(bundle.name());
        bundle.exports().forEach((name, version) -> {
            if (!mayExport) {
                found.add(bundle.name() + ": a provider exports " + name);
            }
            if (version.isEmpty() || version.equals("0.0.0")) {
                found.add(bundle.name() + ": exports " + name + " without a version");
            }
            if (!name.equals(bundle.name()) && !name.startsWith(bundle.name() + ".")) {
                found.add(bundle.name() + ": exports " + name + ", which is not below its own name");
            }
        });
        return found;
    }

    private static List<String> internal(BuiltBundle bundle) {
        String root = bundle.name();
        return bundle.packages().stream()
                .filter(name -> !bundle.exports().containsKey(name))
                .filter(name -> !name.startsWith(root + ".internal") && !mayBeOpen(root, name))
                .map(name -> root + ": has " + name + " outside of .internal")
                .toList();
    }

    /** Plain jars, the launcher, and copies of plain jars inside bundles. */
    private static boolean mayBeOpen(String bundle, String name) {
        return PLAIN_JARS.contains(bundle)
                || bundle.equals(ROOT + "launcher") && name.equals(bundle)
                || bundle.equals(ROOT + "protocol") && name.equals(bundle)
                || name.equals(ROOT + "shell.text")
                || name.equals(ROOT + "storage.jdbc") && bundle.startsWith(ROOT + "storage.")
                || name.equals(ROOT + "shell.console") && bundle.startsWith(ROOT + "shell");
    }

    private static List<String> fence(BuiltBundle bundle, String library, Set<String> inside) {
        if (inside.contains(bundle.name())) {
            return List.of();
        }
        return imports(bundle, name -> name.startsWith(library), "is outside of the fence of");
    }

    private static List<String> adapter(BuiltBundle bundle) {
        boolean adapter =
                bundle.name().startsWith(ROOT + "assets.") && !bundle.isApi() && !PLAIN_JARS.contains(bundle.name());
        Set<String> allowed = Set.of(ROOT + "assets.api", MODEL);
        return adapter
                ? imports(bundle, name -> name.startsWith(ROOT) && !allowed.contains(name), "an adapter imports")
                : List.of();
    }

    private static List<String> imports(BuiltBundle bundle, Predicate<String> forbidden, String text) {
        return bundle.imports().stream()
                .filter(forbidden)
                .map(name -> bundle.name() + ": " + text + " " + name)
                .toList();
    }

    private static boolean isContract(String name) {
        return name.endsWith(".api")
                || name.equals(MODEL)
                || name.equals(ROOT + "gate")
                || name.equals(ROOT + "log.front")
                || name.equals(ROOT + "log.front.provider");
    }
}
