package org.papertrader.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DS-1")
class IdentitiesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ada",
                "ada lovelace",
                "аda",
                "a'; DROP TABLE account--",
                "-ada",
                "a1234567890123456789012345"
            })
    void aUserNameIsAsciiWithoutBlanksAndAtMost24Long(String text) {
        assertThatThrownBy(() -> new UserName(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThatDifferInCaseAreTheSame() {
        assertThat(new UserName("Ada")).isEqualTo(new UserName("aDA")).hasSameHashCodeAs(new UserName("ada"));
        assertThat(new UserName("a12345678901234567890123").value()).hasSize(24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "@example.org", "ada@", "a@b@c", "a b@example.org", "ada@exam\nple.org"})
    void anAddressHasOneAtAndNoBlanks(String text) {
        assertThatThrownBy(() -> new Email(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressHasAtMost321Characters() {
        assertThat(new Email("a".repeat(64) + "@" + "b".repeat(255)).value()).hasSize(320);
        assertThatThrownBy(() -> new Email("a".repeat(65) + "@b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Email("a@" + "b".repeat(256))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("PRO-2")
    void aSessionIdNeverShowsItself() {
        SessionId id = SessionId.parse("ab".repeat(32));
        assertThat(id).hasToString("SessionId[secret]");
        assertThat(id.toHex()).isEqualTo("ab".repeat(32));
        assertThat(SessionId.NONE.isNone()).isTrue();
        assertThatThrownBy(() -> SessionId.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("PRO-8")
    void everyReasonIsFoundByItsCode() {
        for (ReasonCode code : ReasonCode.values()) {
            assertThat(ReasonCode.ofCode(code.code())).contains(code);
            assertThat(code.code()).matches("[a-z][A-Za-z]*");
            assertThat(Refusal.of(code).text()).isNotBlank();
        }
        assertThat(ReasonCode.ofCode("ofALaterVersion")).isEmpty();
        assertThatThrownBy(() -> Refusal.of(ReasonCode.BUSY, "two\nlines"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
