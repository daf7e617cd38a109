package org.papertrader.accounts.api;

/**
 * What a user sends to log in, unchecked.
 *
 * @param userName the name, never the e-mail address
 * @param hashedPass 64 lowercase hexadecimal digits; a secret
 * @param expirable true when the session ends with its last connection (PRO-15)
 */
public record Credentials(String userName, String hashedPass, boolean expirable) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "Credentials[" + userName + "]";
    }
}
