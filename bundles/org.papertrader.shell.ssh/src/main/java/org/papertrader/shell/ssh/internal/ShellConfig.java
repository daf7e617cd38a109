package org.papertrader.shell.ssh.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the shell over SSH. */
@ObjectClassDefinition(
        name = "Shell over SSH",
        description = "Who may use the shell from where; off until there is a file of keys or passwords")
@interface ShellConfig {
    @AttributeDefinition(description = "What the prompt calls this program")
    String role() default "papertrader";

    @AttributeDefinition(description = "Address to listen on")
    String address() default "127.0.0.1";

    @AttributeDefinition(min = "0", max = "65535", description = "Port; 0: any free one")
    int port() default 2022;

    @AttributeDefinition(
            description = "Public keys that may log in, as OpenSSH writes them; only the owner may write it")
    String authorizedKeysFile() default "data/keys/authorized_keys";

    @AttributeDefinition(description = "Lines 'user:hash' of those who may log in with a password, mode 0600")
    String passwordsFile() default "data/keys/shell_passwords";

    @AttributeDefinition(description = "Secret key of this host, mode 0600; made when it is missing")
    String hostKeyFile() default "data/keys/ssh_host_key";

    @AttributeDefinition(description = "Who did what and when")
    String auditFile() default "data/log/audit.log";

    @AttributeDefinition(description = "What was typed on terminals, for the arrow keys; empty: kept nowhere")
    String historyFile() default "";

    @AttributeDefinition(description = "Size in bytes at which a new audit file is begun", min = "65536")
    long auditBytesMax() default 10_485_760;

    @AttributeDefinition(description = "Number of audit files kept, the newest included", min = "2", max = "1000")
    int auditFilesMax() default 20;

    @AttributeDefinition(description = "Connections at a time that are logged in", min = "1", max = "1000")
    int sessionsMax() default 10;

    @AttributeDefinition(
            description = "Failed attempts to log in after which a connection is closed",
            min = "1",
            max = "20")
    int attemptsMax() default 3;

    @AttributeDefinition(
            min = "10000",
            description = "A connection on which nothing happens for so many milliseconds is closed")
    long idleTimeoutMs() default 900_000;
}
