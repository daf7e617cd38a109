package org.papertrader.shell.ssh.internal;

import java.security.SecureRandom;
import java.util.Arrays;
import org.osgi.service.component.annotations.Component;

/** Shell command of scope {@code ssh}: makes a password, so that nobody types one into a command line. */
@Component(
        service = HashCommand.class,
        property = {"osgi.command.scope=ssh", "osgi.command.function=hash"})
public final class HashCommand {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 24;

    /** A new password, and the line for it. */
    public String hash() {
        SecureRandom random = new SecureRandom();
        char[] password = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            password[i] = LETTERS.charAt(random.nextInt(LETTERS.length()));
        }
        String answer = "password  " + new String(password) + "\nline      USER:" + PasswordHash.of(password);
        Arrays.fill(password, ' ');
        return answer;
    }
}
