package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void lay() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-SymbolicName", "org.giver");
        attributes.putValue("Export-Package", "a.b;version=\"1.0.0\";uses:=\"a.c,a.e,a.f\",a.d");
        attributes.putValue(
                "Provide-Capability", "osgi.service;objectClass:List<String>=\"a.b.First,a.b.Second\";uses:=\"a.b\"");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("giver.jar")), manifest)) {
            jar.finish();
        }
    }

    @Test
    void aProblemNamesWhoCouldHelp() {
        assertThat(line(new Missing(Missing.PACKAGE, "a.b", "[1.0,2.0)")))
                .isEqualTo("x needs package a.b [1.0,2.0), which giver.jar in here gives");
        assertThat(line(new Missing(Missing.PACKAGE, "a.d", ""))).endsWith("giver.jar in here gives");
        assertThat(line(new Missing(Missing.SERVICE, "a.b.Second", ""))).endsWith("giver.jar in here gives");
        assertThat(line(new Missing("bundle", "org.giver", ""))).endsWith("giver.jar in here gives");
    }

    @Test
    void orThatNobodyCould() {
        assertThat(line(new Missing(Missing.PACKAGE, "a.c", "")))
                .isEqualTo("x needs package a.c, which nothing in the repositories gives");
        assertThat(line(new Missing(Missing.SERVICE, "a.b.Sec", ""))).endsWith("nothing in the repositories gives");
    }

    /** A package that is there in a version that does not fit helps nobody, nor one that a bundle only uses. */
    @Test
    void orThatOnlyAnotherVersionIsThere() {
        assertThat(line(new Missing(Missing.PACKAGE, "a.b", "[2.0.0,3.0.0)")))
                .isEqualTo(
                        "x needs package a.b [2.0.0,3.0.0), which nothing in the repositories gives; giver.jar in here"
                                + " gives another version");
        assertThat(line(new Missing(Missing.PACKAGE, "a.b", "[1.0.0,)"))).endsWith("which giver.jar in here gives");
        assertThat(line(new Missing("bundle", "org.giver", "[1.0.0,2.0.0)"))).endsWith("gives another version");
        assertThat(line(new Missing(Missing.PACKAGE, "a.e", ""))).endsWith("which nothing in the repositories gives");
    }

    @Test
    void aRequirementIsReadable() {
        assertThat(Missing.of("osgi.wiring.package; (&(osgi.wiring.package=p.q)(version>=1.2.0)(!(version>=2.0.0)))"))
                .map(Missing::toString)
                .contains("package p.q [1.2.0,2.0.0)");
        assertThat(Missing.of("osgi.wiring.bundle; (&(osgi.wiring.bundle=b)(bundle-version>=1.0.0))"))
                .map(Missing::kind)
                .contains("bundle");
        assertThat(Missing.of("osgi.ee; (osgi.ee=JavaSE)")).isEmpty();
    }

    private String line(Missing missing) {
        return Problem.missing("x", missing).line(new Suppliers(() -> List.of(new FolderRepository("here", folder))));
    }
}
