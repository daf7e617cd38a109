package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("CARD-9")
class ConfigCommandsTest {
    private static final String PID = "org.papertrader.x";
    private static final Map<String, Attribute> ATTRIBUTES = Map.of(
            "port",
                    new Attribute(
                            "port",
                            "Integer",
                            false,
                            "1",
                            BigDecimal.ONE,
                            new BigDecimal("65535"),
                            List.of(),
                            "Where it listens"),
            "tls", new Attribute("tls", "String", false, "on", null, null, List.of("on", "off"), ""),
            "quick", new Attribute("quick", "Boolean", false, "false", null, null, List.of(), ""),
            "apiKey", new Attribute("apiKey", "String", false, "", null, null, List.of(), "What the source wants"),
            "code", new Attribute("code", "Password", false, "", null, null, List.of(), ""),
            "keyFile", new Attribute("keyFile", "String", false, "", null, null, List.of(), ""));

    @TempDir
    Path folder;

    private Configurations configurations;
    private ConfigCommands commands;

    @BeforeEach
    void begin() throws Exception {
        Metatype metatype = new Metatype() {
            @Override
            public Map<String, Attribute> of(String pid) {
                return pid.equals(PID) ? ATTRIBUTES : Map.of();
            }

            @Override
            public Set<String> pids() {
                return Set.of(PID);
            }
        };
        ConfigurationStore nowhere = new ConfigurationStore() {
            @Override
            public void put(String pid, Map<String, Object> values) {
                // Nobody uses them here.
            }

            @Override
            public void remove(String pid) {
                // As above.
            }
        };
        configurations = new Configurations(
                new OperatorFolder(folder),
                Overrides.parse(PID + ":quick=true"),
                nowhere,
                metatype,
                line -> {},
                line -> {});
        configurations.begin(Map.of());
        commands = new ConfigCommands(configurations);
    }

    @Test
    void aWrongValueIsRefusedAlsoWhereTheCommandLineHasAnother() throws Exception {
        assertThatThrownBy(() -> commands.set(PID, "quick", "perhaps")).hasMessage("quick: 'perhaps' is no boolean");
        assertThat(files()).isEmpty();
        assertThat(commands.set(PID, "quick", "false"))
                .isEqualTo("written, but the value given on the command line stays in effect: true");
    }

    @Test
    void aWrongValueIsRefusedWithWhatIsAllowedAndNothingIsWritten() throws Exception {
        assertThatThrownBy(() -> commands.set(PID, "port", "70000"))
                .hasMessage("port: 70000 is not within at least 1 and at most 65535");
        assertThatThrownBy(() -> commands.set(PID, "port", "x"))
                .hasMessage("port: 'x' is no integer; it is at least 1 and at most 65535");
        assertThatThrownBy(() -> commands.set(PID, "tls", "maybe")).hasMessage("tls: 'maybe' is not one of on, off");
        assertThatThrownBy(() -> commands.set(PID, "quick", "yes")).hasMessage("quick: 'yes' is no boolean");
        assertThatThrownBy(() -> commands.set(PID, "prot", "1"))
                .hasMessage(PID + " has no key 'prot'; it has apiKey, code, keyFile, port, quick, tls");
        assertThat(files()).isEmpty();
        commands.set(PID, "port", "70");
        assertThat(files()).hasSize(1);
        assertThatThrownBy(() -> commands.unset(PID, "tls")).hasMessage("not set: " + PID + " tls");
    }

    @Test
    void tellsThatNobodyKnowsAPid() throws Exception {
        assertThat(commands.set("org.papertrader.xx", "port", "2"))
                .isEqualTo("written; no bundle here knows org.papertrader.xx, config:get lists what there is");
        assertThat(commands.set(PID, "port", "2")).isEmpty();
    }

    @Test
    void describesWhatMayBeConfigured() throws Exception {
        assertThat(commands.describe(PID, "port"))
                .isEqualTo("port  integer, at least 1 and at most 65535; default 1\n    Where it listens");
        assertThat(commands.describe(PID))
                .contains("tls  one of on, off; default on")
                .contains("quick  boolean");
        assertThat(commands.describe(PID, "port", "--json"))
                .isEqualTo(
                        "{\"pid\":\"" + PID + "\",\"keys\":[{\"key\":\"port\",\"type\":\"Integer\",\"list\":false,"
                                + "\"default\":\"1\",\"description\":\"Where it listens\",\"options\":[],\"min\":1,\"max\":65535}]}");
        assertThatThrownBy(() -> commands.describe(PID, "x")).hasMessageStartingWith(PID + " has no key 'x'; it has ");
        assertThatThrownBy(() -> commands.describe("y")).hasMessageStartingWith("no bundle describes y");
        assertThatThrownBy(() -> commands.describe()).hasMessageStartingWith("usage");
    }

    @Test
    void secretsAreNeverShown() throws Exception {
        commands.set(PID, "apiKey", "canary");
        commands.set(PID, "code", "canary");
        commands.set(PID, "keyFile", "/a/file");
        for (String shown : List.of(
                commands.get(PID),
                commands.get(PID, "--json"),
                commands.describe(PID),
                commands.describe(PID, "--json"))) {
            assertThat(shown).doesNotContain("canary");
        }
        assertThat(commands.get(PID)).contains("apiKey  = ***", "code    = ***", "keyFile = /a/file");
        assertThat(new ConfigValues(new Installed(), null, configurations).value(PID, "apiKey", ""))
                .isEmpty();
    }

    @Test
    void givesValuesToTheTabKeyAndJsonToMachines() throws Exception {
        ConfigValues values = new ConfigValues(new Installed(), null, configurations);
        assertThat(values.pid("")).containsExactly(PID);
        assertThat(values.key(PID, "")).containsExactly("apiKey", "code", "keyFile", "port", "quick", "tls");
        assertThat(values.value(PID, "tls", "")).containsExactly("on", "off");
        assertThat(values.value(PID, "quick", "")).containsExactly("true", "false");
        assertThat(values.value(PID, "port", "")).containsExactly("1");
        assertThat(values.value(PID)).isEmpty();
        assertThat(commands.get("--json")).isEqualTo("[{\"pid\":\"" + PID + "\",\"keys\":6,\"set\":1}]");
        commands.set(PID, "port", "7");
        assertThat(commands.get(PID, "--json"))
                .contains("{\"key\":\"port\",\"value\":\"7\",\"default\":\"1\",\"origin\":\"file\"}");
        assertThatThrownBy(() -> commands.get("--xml")).hasMessageStartingWith("there is no option --xml");
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
