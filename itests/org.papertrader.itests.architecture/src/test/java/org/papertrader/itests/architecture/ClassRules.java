package org.papertrader.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Rules of docs/architecture.md that need bytecode. */
final class ClassRules {
    private static final String ROOT = "org.papertrader.";

    /** All that a provider needs in order to register its service once it is ready, to tell its version, to hear the end. */
    private static final Set<String> PUBLISHING = Set.of(
            "org.osgi.framework.Bundle",
            "org.osgi.framework.BundleContext",
            "org.osgi.framework.BundleEvent",
            "org.osgi.framework.SynchronousBundleListener",
            "org.osgi.framework.FrameworkUtil",
            "org.osgi.framework.ServiceRegistration",
            "org.osgi.framework.Version");

    static final ArchRule JDBC_STAYS_IN_STORAGE = noClasses()
            .that(not(resideInAPackage(ROOT + "storage..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.h2..");

    /** But two: versions of market data, and of trading, look out for one another. */
    static final ArchRule PUBLISHERS_ONLY_REGISTER = noClasses()
            .that(not(resideInAnyPackage(
                    ROOT + "launcher..",
                    ROOT + "features..",
                    ROOT + "deploy..",
                    ROOT + "gate..",
                    ROOT + "log.front..",
                    ROOT + "metrics..",
                    ROOT + "shell..")))
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "marketdata.internal.ServiceSuccession")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "trading.internal.Succession")
            .should()
            .dependOnClassesThat(frameworkBeyond(PUBLISHING));

    static final ArchRule COMPONENTS_ARE_FINAL = classes()
            .that()
            .resideInAPackage("org.papertrader..internal..")
            .and()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .haveModifier(JavaModifier.FINAL);

    private ClassRules() {}

    private static DescribedPredicate<JavaClass> frameworkBeyond(Set<String> allowed) {
        return new DescribedPredicate<>("are types of the framework beyond " + allowed) {
            @Override
            public boolean test(JavaClass type) {
                return type.getPackageName().startsWith("org.osgi.framework") && !allowed.contains(type.getName());
            }
        };
    }
}
