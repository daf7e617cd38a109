package org.papertrader.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("MST-10")
class Argon2HashTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void agreesWithTheReferenceImplementation() {
        Argon2Hash hash = Argon2Hash.parse(
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ" + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
                .orElseThrow();

        assertThat(hash.matches("password")).isTrue();
        assertThat(hash.matches("passwore")).isFalse();
    }

    @Test
    void keepsItsCostAndSaltInTheText() {
        String phc =
                Argon2Hash.of(Master.PASS, new Argon2Cost(128, 3, 2), RANDOM).toPhc();

        assertThat(phc).matches("\\$argon2id\\$v=19\\$m=128,t=3,p=2\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        Argon2Hash read = Argon2Hash.parse(phc).orElseThrow();
        assertThat(read.cost()).isEqualTo(new Argon2Cost(128, 3, 2));
        assertThat(read.matches(Master.PASS)).isTrue();
        assertThat(read.matches(Master.WRONG)).isFalse();
    }

    @Test
    void neverSaltsTwoUsersAlike() {
        Set<String> hashes = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            hashes.add(Argon2Hash.of(Master.PASS, Master.CHEAP, RANDOM).toPhc());
        }

        assertThat(hashes).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abababab",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$short"
            })
    void refusesWhatIsNoHashOfOurs(String text) {
        assertThat(Argon2Hash.parse(text)).isEmpty();
    }

    @Test
    void knowsWhichCostIsLower() {
        Argon2Cost now = new Argon2Cost(19_456, 2, 1);

        assertThat(new Argon2Cost(12_288, 2, 1).isBelow(now)).isTrue();
        assertThat(new Argon2Cost(19_456, 1, 1).isBelow(now)).isTrue();
        assertThat(new Argon2Cost(65_536, 3, 4).isBelow(now)).isFalse();
        assertThatThrownBy(() -> new Argon2Cost(4, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void registersNoSecurityProvider() {
        Argon2Hash.of(Master.PASS, Master.CHEAP, RANDOM);

        assertThat(Arrays.stream(Security.getProviders()).map(java.security.Provider::getName))
                .doesNotContain("BC");
    }

    @Test
    void doesNotShowTheHashInItsText() {
        assertThat(Argon2Hash.of(Master.PASS, Master.CHEAP, RANDOM)).hasToString("Argon2Hash[secret]");
    }
}
