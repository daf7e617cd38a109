package org.papertrader.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CARD-9")
class ScrubberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a line with canary in it",
                "password=hidden7",
                "apiKey: hidden7",
                "GET https://ada:hidden7@example.org/x",
                "session 0f3a9bdeadbeef00hidden7aaaaaaaaaaaaaaaaaaaa",
                "token=abc-hidden7 and more",
                "x QWxhZGRpbjpvcGVuIHNlc2FtZQhidden7x== y",
                "x QWxhZGRpbjpvcGVuIHNlc2FtZQhidden7x_y- y",
                "mail from hidden7@example.org",
                "2026-03-04 user=hidden7 from=127.0.0.1:1",
                "2026-03-04 by=\"SHA256:x hidden7@home\" event=login",
                "2026-03-04T05:06:07.123Z user=ada from=127.0.0.1:1 connection=1 by=password event=command"
                        + " line=\"accounts:lock hidden7 --reason \\\"sells hidden7\\\" --yes\"",
                "2026-03-04T05:06:07.123Z user=ada from=127.0.0.1:1 connection=1 by=password event=exit code=0 ms=7"
                        + " line=\"accounts:lock hidden7 --yes\"",
                "2026-03-04T05:06:07.123Z user=ada from=127.0.0.1:1 connection=1 by=password event=command"
                        + " line=\"{sessions:end hidden7}\"",
                "2026-03-04T05:06:07.123Z ERROR [papertrader-ssh-1] org.papertrader.shell.ssh.internal.AuditLog"
                        + " {org.papertrader.shell.ssh} - the audit log /x cannot be written (y); it misses: "
                        + "2026-03-04T05:06:07.123Z user=ada from=127.0.0.1:1 connection=1 by=password event=command"
                        + " line=\"accounts:show hidden7\"\\n",
                "2026-03-04T05:06:07.123Z INFO  [papertrader-ssh-1] org.papertrader.audit.accounts"
                        + " {org.papertrader.auth} AccountsCommands.done(AccountsCommands.java:166) - lock hidden7: done:"
                        + " 1 sessions ended - because hidden7 asked",
                "2026-03-04T05:06:07.123Z INFO  [x] org.papertrader.audit.queue - hold AAPL: hidden7 asked for it",
                "2026-03-04T05:06:07.123Z INFO  [papertrader-auth-1] org.papertrader.auth.internal.Login"
                        + " {org.papertrader.auth} Login.lambda$decide$5(Login.java:116) <request=7> - hidden7 logged in"
                        + " from 127.0.0.1",
                "2026-03-04T05:06:07.123Z INFO  [a - b] org.papertrader.auth.internal.SignUp - hidden7 registered as"
                        + " account 1"
            })
    void takesOutWhatMustNotLeave(String line) {
        assertThat(new Scrubber(List.of("canary", "canary")).line(line))
                .doesNotContain("canary")
                .doesNotContain("hidden7");
    }

    @Test
    void leavesAloneWhatIsNeeded() {
        for (String line : List.of(
                "2026-03-04T05:06:07.123Z WARN  [worker-3] org.papertrader.x.Y {org.papertrader.x} Y.run(Y.java:88)",
                "2026-03-04T05:06:07.123Z from=127.0.0.1:1 connection=1 event=command line=lb",
                "2026-03-04T05:06:07.123Z from=127.0.0.1:1 connection=1 event=exit code=0 ms=7 line=status",
                "2026-03-04T05:06:07.123Z ERROR [x] org.papertrader.auth.internal.SessionSweeper - sweeping failed",
                "2026-03-04T05:06:07.123Z INFO  [x] org.papertrader.authority.X - all is well",
                "2026-03-04T05:06:07.123Z INFO  [x] org.papertrader.audit.workers - boot zurich: done",
                "worker 5b3f8a52-6f0e-4c9b-9d55-0f4d5f1c0001 is linked",
                "java.home = /usr/lib/jvm/java-17-openjdk-amd64/lib/server",
                "org.papertrader.storage.h2 directory = /srv/papertrader/data/database",
                "jdk.internal.misc.Unsafe.park(java.base@17.0.12/Native Method)")) {
            assertThat(new Scrubber(List.of("x", "")).line(line)).isEqualTo(line);
        }
    }

    @Test
    void ofWhatWasTypedTheCommandStays() {
        Scrubber scrubber = new Scrubber(List.of());
        String before = "2026-03-04T05:06:07.123Z from=127.0.0.1:1 connection=1 event=exit code=0 ms=7 line=";
        assertThat(scrubber.line(before + "\"accounts:lock ada --reason \\\"x\\\"\""))
                .isEqualTo(before + "\"accounts:lock ***\"");
        assertThat(scrubber.line(before + "\"$(ada)\"")).isEqualTo(before + "\"***\"");
    }

    @Test
    void ofMessagesAboutPeopleThePlaceStays() {
        String before = "2026-03-04T05:06:07.123Z INFO  [x] org.papertrader.auth.internal.Login {org.papertrader.auth}"
                + " Login.decide(Login.java:116) - ";
        assertThat(new Scrubber(List.of()).line(before + "ada logged in from ::1"))
                .isEqualTo(before + "***");
    }

    @Test
    void privateKeysGoWhole() {
        assertThat(new Scrubber(List.of()).text("""
                        before
                        -----BEGIN OPENSSH PRIVATE KEY-----
                        hidden7
                        -----END OPENSSH PRIVATE KEY-----
                        after
                        """))
                .doesNotContain("hidden7")
                .startsWith("before\n")
                .endsWith("after\n");
    }

    @Test
    void peopleKeepANumber() {
        Scrubber scrubber = new Scrubber(List.of());
        assertThat(scrubber.line("user=ada x")).isEqualTo("user=person-1 x");
        assertThat(scrubber.line("user=eve x")).isEqualTo("user=person-2 x");
        assertThat(scrubber.line("user=ada y")).isEqualTo("user=person-1 y");
    }
}
