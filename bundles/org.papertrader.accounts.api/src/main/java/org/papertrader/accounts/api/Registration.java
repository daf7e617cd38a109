package org.papertrader.accounts.api;

/**
 * What a new user sends, unchecked.
 *
 * @param userName see {@link org.papertrader.model.UserName}
 * @param email see {@link org.papertrader.model.Email}
 * @param hashedPass 64 lowercase hexadecimal digits, made from the password by the client; a secret
 */
public record Registration(String userName, String email, String hashedPass) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "Registration[" + userName + "]";
    }
}
