package org.papertrader.shell.ssh.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestructiveTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"stop 3", "felix:stop 3", "lb; uninstall 4", "felix:shutdown", "sessions:end ada", "x | stop 0"})
    void asksBefore(String line) {
        assertThat(Destructive.isUnconfirmed(line)).isTrue();
        assertThat(Destructive.isUnconfirmed(line + " --yes")).isFalse();
        assertThat(Destructive.plain(line + " --yes")).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lb", "start 3", "feature:remove x", "feature:remove x --yes", "echo stop", "worker:list"})
    void leavesAlone(String line) {
        assertThat(Destructive.isUnconfirmed(line)).isFalse();
        assertThat(Destructive.plain(line)).isEqualTo(line);
    }

    @Test
    void knowsAQuestion() {
        assertThat(Destructive.asksFor("this takes it away; add --yes to do it"))
                .isTrue();
        assertThat(Destructive.asksFor("usage: x NAME --yes")).isFalse();
    }

    @Test
    void aHashFitsItsPasswordOnly() {
        String hash = PasswordHash.of("a password".toCharArray());
        assertThat(hash).startsWith("pbkdf2-sha512$210000$").doesNotContain("a password");
        assertThat(PasswordHash.fits(hash, "a password".toCharArray())).isTrue();
        assertThat(PasswordHash.fits(hash, "another".toCharArray())).isFalse();
        assertThat(PasswordHash.fits(hash, new char[0])).isFalse();
        assertThat(PasswordHash.fits("a password", "a password".toCharArray())).isFalse();
        assertThat(PasswordHash.fits(hash.replace("210000", "0"), "a password".toCharArray()))
                .isFalse();
    }
}
