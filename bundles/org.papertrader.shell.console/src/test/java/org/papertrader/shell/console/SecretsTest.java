package org.papertrader.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "config:set org.x apiKey canary | config:set org.x apiKey ***",
                "config:set org.x password 'canary two' | config:set org.x password ***",
                "accounts:reset ada --password=canary now | accounts:reset ada --password=*** now",
                "x token: canary; lb | x token: ***; lb",
                "config:set org.x api-key \"canary\" | config:set org.x api-key ***",
                "config:set org.x privateKey canary | config:set org.x privateKey ***",
                "config:set org.x private_key=canary | config:set org.x private_key=***",
                "config:set org.x api_key canary | config:set org.x api_key ***",
                "assets:list AA | assets:list AA"
            })
    void whatNamesASecretHidesWhatFollows(String typed, String kept) {
        assertThat(Secrets.mask(typed)).isEqualTo(kept).doesNotContain("canary");
    }

    @Test
    void nothingCanPassForAnotherLine() {
        String escaped = Secrets.escape("a\r\n2026 user=root\u001b[2J\u202e\u2028\"\\");
        assertThat(escaped)
                .isEqualTo("a\\u000d\\u000a2026 user=root\\u001b[2J\\u202e\\u2028\\\"\\\\")
                .matches("\\p{Print}+");
        assertThat(Secrets.escape("x".repeat(5_000))).hasSize(4_003);
    }

    /** What somebody pastes must not keep the shell busy. */
    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void masksWhatIsVeryLongAtOnce() {
        String word = "x".repeat(200_000);
        assertThat(Secrets.mask(word)).isEqualTo(word);
        assertThat(Secrets.mask(word + "Password=canary " + word)).endsWith("Password=*** " + word);
        String words = "password".repeat(20_000);
        assertThat(Secrets.mask(words + " " + words)).doesNotContain("canary");
    }
}
