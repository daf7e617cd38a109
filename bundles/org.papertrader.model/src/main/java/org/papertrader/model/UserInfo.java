package org.papertrader.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code getUserInfo} tells (PRO-14): to everybody the public part, to the user's own session all of it.
 *
 * @param userName the user's name; public
 * @param memberSince when the account was registered; public
 * @param personal the private part, or null when the session is another user's
 */
public record UserInfo(
        UserName userName, Instant memberSince, @Nullable Personal personal) {
    /**
     * The private part.
     *
     * @param email the e-mail address
     * @param isPassword true when the account has a password (DS-1)
     * @param isThirdParty true when the account may log in with a third party (MST-11)
     */
    public record Personal(Email email, boolean isPassword, boolean isThirdParty) {}
}
