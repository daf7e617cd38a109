package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.shell.console.Secrets;

/** The shell and the configuration have a list each of what names a secret. Here they are held to one another. */
@Tag("CARD-9")
class SecretNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "dbPassword",
                "passphrase",
                "keyPassphrase",
                "passwd",
                "secret",
                "client.secret",
                "token",
                "accessTokens",
                "credential",
                "credentials",
                "apikey",
                "apiKey",
                "api-key",
                "api_key",
                "API_KEY_2",
                "privatekey",
                "privateKey",
                "private-key",
                "private_key"
            })
    void bothHideTheValuesOfSecrets(String name) {
        assertThat(Attribute.isSecret(name, null)).isTrue();
        assertThat(Secrets.isSecret(name)).isTrue();
        assertThat(Secrets.isPlace(name)).isFalse();
        assertThat(Secrets.mask("config:set org.x " + name + " canary")).isEqualTo("config:set org.x " + name + " ***");
        assertThat(Secrets.mask(name + "=canary")).isEqualTo(name + "=***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passphraseFile",
                "tokenFiles",
                "passwordVariable",
                "credentialDirectory",
                "secretsMax",
                "tokenMs"
            })
    void bothShowWhereSecretsAreAndTheirBounds(String name) {
        assertThat(Attribute.isSecret(name, null)).isFalse();
        assertThat(Secrets.isSecret(name) && !Secrets.isPlace(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port",
                "publicKey",
                "key",
                "keys",
                "pass",
                "passFile",
                "user",
                "author",
                "apiUrl",
                "privateUse",
                "directory"
            })
    void bothShowAllElse(String name) {
        assertThat(Attribute.isSecret(name, null)).isFalse();
        assertThat(Secrets.isSecret(name)).isFalse();
        String line = "config:set org.x " + name + " value";
        assertThat(Secrets.mask(line)).isEqualTo(line);
    }
}
