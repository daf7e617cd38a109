package org.papertrader.itests.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.itests.debian.DebianPackage.Entry;

class DebianPackageTest {
    private static final Set<String> SCRIPTS = Set.of("postinst", "prerm", "postrm");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void isOneOfItsVersionForEveryMachineWithAJava17(String role) throws Exception {
        Map<String, String> fields = DebianPackage.of(role).fields();

        assertThat(fields)
                .containsEntry("Package", "papertrader-" + role)
                .containsEntry("Version", DebianPackage.version().replace('-', '~'))
                .containsEntry("Architecture", "all");
        assertThat(fields.get("Depends")).contains("java17-runtime-headless", "adduser");
        assertThat(Integer.parseInt(fields.get("Installed-Size"))).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void hasTheWholeDistribution(String role) throws Exception {
        DebianPackage deb = DebianPackage.of(role);
        String home = "usr/share/papertrader-" + role + "/";
        Path distribution = DebianPackage.distribution(role);
        Set<String> expected = new TreeSet<>();
        try (Stream<Path> files = Files.walk(distribution)) {
            files.filter(Files::isRegularFile)
                    .map(file -> distribution.relativize(file).toString())
                    .filter(file -> !file.matches("(conf|deploy|systemd)/.*|.*\\.jsa"))
                    .forEach(expected::add);
        }
        assertThat(expected).hasSizeGreaterThan(50);

        for (String file : expected) {
            assertThat(deb.files()).containsKey(home + file);
            assertThat(deb.files().get(home + file).content())
                    .as(file)
                    .isEqualTo(Files.readAllBytes(distribution.resolve(file)));
        }
        assertThat(deb.files().get(home + "deploy").link()).isEqualTo("/var/lib/papertrader-" + role + "/deploy");
        assertThat(deb.files().keySet().stream()
                        .filter(file ->
                                file.startsWith(home) && !deb.files().get(file).folder())
                        .map(file -> file.substring(home.length())))
                .as("and nothing else")
                .allMatch(file -> expected.contains(file) || file.equals("deploy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void belongsToRootAndOnlyProgramsAreExecutable(String role) throws Exception {
        DebianPackage deb = DebianPackage.of(role);
        String name = "papertrader-" + role;
        Set<String> programs = Set.of("usr/bin/" + name, "usr/share/" + name + "/bin/" + name);

        assertThat(deb.files()).allSatisfy((file, entry) -> {
            assertThat(entry.owner()).as(file).isEqualTo("root:root");
            if (entry.link().isEmpty()) {
                assertThat(entry.mode()).as(file).isEqualTo(entry.folder() || programs.contains(file) ? "755" : "644");
            }
        });
        assertThat(deb.files().keySet())
                .containsAll(programs)
                .contains(
                        "usr/share/doc/" + name + "/copyright",
                        "usr/share/doc/" + name + "/changelog.gz",
                        "usr/share/man/man8/" + name + ".8.gz",
                        "usr/lib/systemd/system/" + name + ".service");
        assertThat(deb.files().keySet()).as("data is no part of it").noneMatch(file -> file.startsWith("var"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void allConfigurationIsKeptOverAnUpgrade(String role) throws Exception {
        DebianPackage deb = DebianPackage.of(role);

        assertThat(deb.control().get("conffiles").text().lines())
                .containsExactlyInAnyOrderElementsOf(deb.files().entrySet().stream()
                        .filter(file -> file.getKey().startsWith("etc/")
                                && !file.getValue().folder())
                        .map(file -> "/" + file.getKey())
                        .toList())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void everyFileHasItsChecksum(String role) throws Exception {
        DebianPackage deb = DebianPackage.of(role);
        String sums = deb.control().get("md5sums").text();
        MessageDigest md5 = MessageDigest.getInstance("MD5");

        deb.files().forEach((file, entry) -> {
            if (!entry.folder() && entry.link().isEmpty()) {
                String sum = String.format("%032x", new BigInteger(1, md5.digest(entry.content())));
                assertThat(sums.lines()).contains(sum + "  " + file);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void scriptsAreExecutableAndReadAsShell(String role) throws Exception {
        DebianPackage deb = DebianPackage.of(role);
        for (String script : SCRIPTS) {
            Entry entry = deb.control().get(script);
            assertThat(entry.mode()).as(script).isEqualTo("755");
            assertThat(entry.text()).startsWith("#!/bin/sh\n").contains("set -e", "name=papertrader-" + role);
            parse(script, entry);
        }
        parse("command", deb.files().get("usr/bin/papertrader-" + role));
        parse("program", deb.files().get("usr/share/papertrader-" + role + "/bin/papertrader-" + role));
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void onlyAPurgeRemovesData(String role) throws Exception {
        String script = DebianPackage.of(role).control().get("postrm").text();
        int purge = script.indexOf("    purge)");

        assertThat(script.substring(0, purge)).doesNotContain("/var/lib", "/var/log", "/etc", "deluser");
        assertThat(script.substring(purge)).contains("/var/lib/$name", "/var/log/$name", "/etc/$name", "deluser");
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void theUnitFitsTheProgram(String role) throws Exception {
        String name = "papertrader-" + role;
        DebianPackage deb = DebianPackage.of(role);
        String unit =
                deb.files().get("usr/lib/systemd/system/" + name + ".service").text();

        assertThat(unit.lines())
                .contains(
                        "User=" + name,
                        "ExecStart=/usr/share/" + name + "/bin/" + name + " --data /var/lib/" + name + " --conf /etc/"
                                + name + " $OPTIONS $PASSPHRASE",
                        "ConditionPathExists=/var/lib/" + name + "/keys/" + role + ".key",
                        "Restart=on-failure",
                        "RestartPreventExitStatus=2 3",
                        "TimeoutStopSec=30",
                        "ProtectSystem=strict",
                        "NoNewPrivileges=yes",
                        "SystemCallFilter=@system-service");
        assertThat(deb.files().values().stream().filter(entry -> entry.content().length < 100_000))
                .allSatisfy(entry -> assertThat(entry.text()).doesNotContain("@role@", "@project."));
    }

    /** What is set in /etc/default takes the place of what the unit or a drop-in sets. */
    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void thePassphraseIsNotLostWithOptionsOfTheOperator(String role) throws Exception {
        String name = "papertrader-" + role;
        DebianPackage deb = DebianPackage.of(role);

        assertThat(deb.files()
                        .get("usr/share/doc/" + name + "/examples/passphrase.conf")
                        .text()
                        .lines())
                .contains("Environment=\"PASSPHRASE=--set org.papertrader.link." + role
                        + ":passphraseFile=%d/passphrase\"");
        assertThat(deb.files().get("etc/default/" + name).text())
                .contains("OPTIONS=")
                .doesNotContain("PASSPHRASE");
    }

    /** Where there is systemd: it knows every line of the unit, and finds what it starts. */
    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void systemdUnderstandsTheUnit(String role) throws Exception {
        assumeThat(Path.of("/usr/bin/systemd-analyze")).exists();
        String name = "papertrader-" + role;
        String unit = DebianPackage.of(role)
                .files()
                .get("usr/lib/systemd/system/" + name + ".service")
                .text();
        Path file = folder.resolve(name + ".service");
        // Neither the program nor its manual is installed where it is built.
        Files.writeString(
                file,
                unit.replaceAll("ExecStart=\\S+", "ExecStart=/bin/true").replaceAll("(?m)^Documentation=.*$", ""));

        assertThat(run("systemd-analyze", "verify", file.toString())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void theChangelogIsOfThisVersion(String role) throws Exception {
        byte[] changelog = DebianPackage.of(role)
                .files()
                .get("usr/share/doc/papertrader-" + role + "/changelog.gz")
                .content();
        try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(changelog))) {
            assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("papertrader-" + role + " ("
                            + DebianPackage.version().replace('-', '~') + ") ");
        }
    }

    private void parse(String name, Entry script) throws Exception {
        Path file = folder.resolve(name);
        Files.write(file, script.content());
        assertThat(run("sh", "-n", file.toString())).isEmpty();
    }

    /** What a program says that has nothing to object to; fails when it objects. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
