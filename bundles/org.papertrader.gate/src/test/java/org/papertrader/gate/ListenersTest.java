package org.papertrader.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

@Tag("CARD-4")
class ListenersTest {
    interface Listener {
        void heard(String news);
    }

    private final List<RuntimeException> faults = new ArrayList<>();
    private final Listeners<Listener> listeners = new Listeners<>("listener", 2, faults::add);
    private final List<String> first = new ArrayList<>();
    private final List<String> second = new ArrayList<>();

    private void tell(String news) {
        listeners.tell(listener -> listener.heard(news));
    }

    @Test
    void eachHearsEverythingOnce() {
        listeners.bind(first::add, Map.of());
        listeners.bind(second::add, Map.of());
        tell("a");
        tell("b");
        assertThat(first).containsExactly("a", "b").isEqualTo(second);
    }

    @Test
    void whatFindsNobodyWaitsForTheNextWithinTheBound() {
        Listener leaving = first::add;
        listeners.bind(leaving, Map.of());
        tell("a");
        assertThat(listeners.unbind(leaving)).isTrue();
        tell("b");
        tell("c");
        tell("d");
        listeners.bind(second::add, Map.of());
        tell("e");
        assertThat(first).containsExactly("a");
        assertThat(second).containsExactly("c", "d", "e");
    }

    @Test
    void aListenerThatThrowsKeepsNobodyFromHearing() {
        listeners.bind(
                news -> {
                    throw new IllegalStateException(news);
                },
                Map.of("service.id", 1L));
        listeners.bind(first::add, Map.of("service.id", 2L));
        tell("a");
        tell("b");
        assertThat(first).containsExactly("a", "b");
        assertThat(faults).extracting(Throwable::getMessage).containsExactly("a", "b");
    }

    @Test
    void ofTwoVersionsOfOneBundleTheNewerSupersedesTheOlder() {
        Rank older = new Rank(5, "bundle", new Version("1.0.0"), 1);
        Rank newer = new Rank(0, "bundle", new Version("1.0.1"), 2);
        Rank another = new Rank(0, "another", new Version("2.0.0"), 3);
        assertThat(newer.supersedes(older)).isTrue();
        assertThat(older.supersedes(newer)).isFalse();
        assertThat(older.supersedes(older)).isFalse();
        assertThat(another.supersedes(older)).isFalse();
    }
}
