package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.features.internal.Configurations.Origin;
import org.papertrader.features.internal.Configurations.Setting;

class ConfigurationsTest {
    private static final String PID = "org.papertrader.x";

    @TempDir
    Path folder;

    private final Map<String, Map<String, Object>> store = new HashMap<>();
    private final List<String> notices = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final Map<String, Attribute> metatype = new HashMap<>();

    @Test
    void overlaysDefaultsWithFilesAndTheCommandLine() throws Exception {
        write(PID, "b=file\nc=file\n");
        begin(PID + ":c=line\nother:k=v");

        assertThat(store.get(PID)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", "file", "c", "line"));
        assertThat(store.get("other")).containsEntry("k", "v");
    }

    @Test
    void followsTheOperatorsFilesWhileRunning() throws Exception {
        Configurations configurations = begin("");

        write(PID, "a=2\n");
        write("f~one", "k=v\n");
        configurations.refresh();
        assertThat(store.get(PID)).containsEntry("a", 2);
        assertThat(store.get("f~one")).containsEntry("k", "v");

        Files.delete(folder.resolve(PID + ".cfg"));
        Files.delete(folder.resolve("f~one.cfg"));
        configurations.refresh();
        assertThat(store.get(PID)).containsEntry("a", 1);
        assertThat(store).doesNotContainKey("f~one");
        assertThat(notices).isEmpty();
    }

    @Test
    void keepsTheOldValuesWhenAFileIsBadAndSaysSoOnce() throws Exception {
        Configurations configurations = begin("");
        write(PID, "a=2\n");
        configurations.refresh();

        write(PID, "a=two\nb=new\n");
        configurations.refresh();
        configurations.refresh();
        assertThat(store.get(PID)).containsEntry("a", 2).containsEntry("b", "b");
        assertThat(notices).singleElement().asString().contains(PID + ".cfg").contains("'two' is no integer");

        write(PID, "a=3\n");
        configurations.refresh();
        assertThat(store.get(PID)).containsEntry("a", 3);
    }

    /** Else a feature of one's own could end the work of a bundle of the program, at the next restart. */
    @Test
    void defaultsThatABundleCannotReadAreRefused() throws Exception {
        metatype.put("a", new Attribute("a", "Long", false, "1", BigDecimal.ONE, null, List.of(), ""));
        Configurations configurations = begin("");
        configurations.requireGood(Map.of(PID, Map.of("a", 2)));
        assertThatThrownBy(() -> configurations.requireGood(Map.of(PID, Map.of("a", "abc"))))
                .hasMessageStartingWith("it cannot configure " + PID + ": a: 'abc' is no ");
        assertThatThrownBy(() -> configurations.requireGood(Map.of(PID, Map.of("a", 0))))
                .hasMessageContaining("a: 0 is not within at least 1");
    }

    @Test
    void aPinThatIsNoneIsRefused() throws Exception {
        Configurations configurations = begin("");
        configurations.set(FeatureSettings.PID, "pinnedCertificates", "AB:".repeat(31) + "AB");
        assertThatThrownBy(() -> configurations.set(FeatureSettings.PID, "pinnedCertificates", "AB:CD"))
                .hasMessageContaining("'AB:CD' is no SHA-256");
        assertThat(configurations.written(FeatureSettings.PID))
                .containsEntry("pinnedCertificates", "AB:".repeat(31) + "AB");
    }

    @Test
    void refusesToStartWithABadFileOrCommandLine() throws Exception {
        assertThatThrownBy(() -> begin(PID + ":a=x")).hasMessage("--set " + PID + ":a: 'x' is no integer");

        write(PID, "a=x\n");
        assertThatThrownBy(() -> begin("")).hasMessageContaining(PID + ".cfg");
    }

    @Test
    void setsAndUnsetsInTheOperatorsFile() throws Exception {
        Configurations configurations = begin("");
        write(PID, "# mine\n");

        configurations.set(PID, "a", "7");
        assertThat(store.get(PID)).containsEntry("a", 7);
        assertThat(folder.resolve(PID + ".cfg")).hasContent("# mine\na = 7\n");
        assertThat(configurations.settings(PID).get("a")).isEqualTo(new Setting("7", "1", Origin.FILE));

        assertThat(configurations.unset(PID, "a")).isTrue();
        assertThat(configurations.unset(PID, "a")).isFalse();
        assertThat(store.get(PID)).containsEntry("a", 1);
        assertThat(configurations.settings(PID).get("a")).isEqualTo(new Setting("1", "1", Origin.DEFAULT));
    }

    @Test
    void writesNothingWhenTheValueIsBad() throws Exception {
        Configurations configurations = begin("");

        assertThatThrownBy(() -> configurations.set(PID, "a", "x")).isInstanceOf(FeatureException.class);
        assertThatThrownBy(() -> configurations.set("../evil", "a", "x")).hasMessageContaining("is no PID");

        assertThat(folder).isEmptyDirectory();
        assertThat(store.get(PID)).containsEntry("a", 1);
    }

    @Test
    void tellsWhatWasChangedButNoSecret() throws Exception {
        write(PID, "a=2\nb=x\n");
        Configurations configurations = begin("");
        assertThat(changes).isEmpty();

        write(PID, "a=2\nc=y\napiKey=canary\n");
        configurations.refresh();
        configurations.refresh();
        assertThat(changes)
                .containsExactly(
                        PID + " apiKey is set to ***", PID + " b has its default again", PID + " c is set to y");

        write(PID, "a=two\n");
        configurations.refresh();
        assertThat(changes).hasSize(3);
    }

    @Test
    void knowsTheKeysThatAPidTakes() throws Exception {
        metatype.put("limit", new Attribute("limit", "Long", false, "9", null, null, List.of(), ""));
        Configurations configurations = begin("");

        assertThat(configurations.settings(PID).get("limit")).isEqualTo(new Setting("9", "9", Origin.DEFAULT));
        configurations.set(PID, "limit", "5");
        assertThat(store.get(PID)).containsEntry("limit", 5L);
        assertThat(configurations.settings(PID).get("limit")).isEqualTo(new Setting("5", "9", Origin.FILE));
        configurations.set(PID, "sessions.target", "(side=master)");

        assertThatThrownBy(() -> configurations.set(PID, "limmit", "5")).hasMessageContaining("has no key 'limmit'");
        write(PID, "limmit=5\n");
        configurations.refresh();
        assertThat(notices).singleElement().asString().contains("no key 'limmit'");
    }

    /** Whoever configures a bundle before it is there. */
    @Test
    void valuesGetTheirTypesWhenABundleThatSaysThemComes() throws Exception {
        Configurations configurations = begin("");
        configurations.set(PID, "limit", "5");
        configurations.set(PID, "symbols", "AAPL,TSLA");
        assertThat(store.get(PID)).containsEntry("limit", "5");

        metatype.put("limit", new Attribute("limit", "Long", false, "9", null, null, List.of(), ""));
        metatype.put("symbols", new Attribute("symbols", "String", true, "", null, null, List.of(), ""));
        configurations.described();
        assertThat(store.get(PID)).containsEntry("limit", 5L);
        assertThat((String[]) store.get(PID).get("symbols")).containsExactly("AAPL", "TSLA");

        metatype.put("limit", new Attribute("limit", "Boolean", false, "", null, null, List.of(), ""));
        configurations.described();
        assertThat(notices).singleElement().asString().contains("'5' is no boolean");
        assertThat(store.get(PID)).containsEntry("limit", 5L);
    }

    @Test
    void listsWhatBundlesDescribeToo() throws Exception {
        Configurations configurations = begin("factory~one:k=v");

        assertThat(configurations.knownPids()).containsExactly("described", "factory~one", PID);
    }

    @Test
    void toleratesAFolderThatIsNotThereYet() throws Exception {
        Configurations configurations =
                configurations(new OperatorFolder(folder.resolve("later")), Overrides.parse(""));
        configurations.begin(Map.of());

        configurations.set(PID, "k", "v");

        assertThat(store.get(PID)).containsEntry("k", "v");
    }

    @Test
    void reportsAFileThatIsNoText() throws Exception {
        Configurations configurations = begin("");

        Files.write(folder.resolve(PID + ".cfg"), new byte[] {(byte) 0xC3, 0x28});
        configurations.refresh();

        assertThat(notices).hasSize(1);
        assertThat(store.get(PID)).containsEntry("a", 1);
    }

    private Configurations begin(String overrides) throws Exception {
        Configurations configurations = configurations(new OperatorFolder(folder), Overrides.parse(overrides));
        configurations.begin(Map.of(PID, Map.of("a", 1, "b", "b", "c", "c")));
        return configurations;
    }

    private Configurations configurations(OperatorFolder operator, Overrides overrides) {
        ConfigurationStore memory = new ConfigurationStore() {
            @Override
            public void put(String pid, Map<String, Object> values) {
                store.put(pid, values);
            }

            @Override
            public void remove(String pid) {
                store.remove(pid);
            }
        };
        return new Configurations(operator, overrides, memory, described(), notices::add, changes::add);
    }

    private Metatype described() {
        return new Metatype() {
            @Override
            public Map<String, Attribute> of(String pid) {
                return metatype;
            }

            @Override
            public Set<String> pids() {
                return Set.of(PID, "described", "factory");
            }
        };
    }

    private void write(String pid, String text) throws Exception {
        Files.writeString(folder.resolve(pid + ".cfg"), text);
    }
}
