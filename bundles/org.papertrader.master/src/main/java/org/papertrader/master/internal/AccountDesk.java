package org.papertrader.master.internal;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.gate.Edge;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.UserInfo;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.sessions.api.SessionCheck;

/** Registering, logging in and out, and what is known of users. */
final class AccountDesk extends Desk {
    AccountDesk(Modules modules, Supplier<Edge> edge, Clock clock) {
        super(modules, edge, clock);
    }

    @Override
    CompletionStage<Answer> handle(Caller caller, Request request) {
        return switch (request.instruction()) {
            case LOGIN -> login(caller, (Request.Login) request);
            case RESUME_SESSION -> ask(modules.accounts(), true, accounts -> accounts.resume(caller), this::granted);
            case REGISTER -> register(caller, (Request.Register) request);
            case LOGOUT -> ask(modules.accounts(), false, accounts -> accounts.logout(caller), this::loggedOut);
            case GET_USER_INFO ->
                ask(
                        modules.accounts(),
                        true,
                        accounts -> accounts.userInfo(caller, ((Request.GetUserInfo) request).userName()),
                        this::userInfo);
            default -> no(ReasonCode.NOT_ALLOWED);
        };
    }

    /** Is the caller's session active, and whose is it? */
    CompletionStage<Answer> check(Caller caller) {
        return ask(
                modules.sessions(),
                true,
                sessions -> sessions.check(caller),
                check -> check instanceof SessionCheck.Active active
                        ? new Answer.Granted(caller.session(), active.session())
                        : new Answer.No(((SessionCheck.Inactive) check).refusal()));
    }

    private CompletionStage<Answer> login(Caller caller, Request.Login login) {
        Credentials credentials =
                new Credentials(login.userName().value(), login.hashedPass().toHex(), login.expirable());
        // An inner gate that is away means that nothing was done, so a login may be made again.
        return ask(modules.accounts(), true, accounts -> accounts.login(caller, credentials), this::granted);
    }

    private Answer granted(LoginOutcome outcome) {
        return outcome instanceof LoginOutcome.LoggedIn in
                ? new Answer.Granted(in.id(), in.session())
                : new Answer.No(((LoginOutcome.Refused) outcome).refusal());
    }

    private CompletionStage<Answer> register(Caller caller, Request.Register register) {
        Registration registration = new Registration(
                register.userName().value(),
                register.email().value(),
                register.hashedPass().toHex());
        return ask(
                modules.accounts(),
                false,
                accounts -> accounts.register(caller, registration),
                outcome -> outcome instanceof RegisterOutcome.Registered done
                        ? new Answer.Yes(new Return.RegisterSuccess(done.userName()))
                        : new Answer.No(((RegisterOutcome.Refused) outcome).refusal()));
    }

    private Answer loggedOut(LogoutOutcome outcome) {
        return outcome instanceof LogoutOutcome.Refused refused
                ? new Answer.No(refused.refusal())
                : new Answer.Yes(new Return.LogoutSuccess());
    }

    private Answer userInfo(UserInfoOutcome outcome) {
        if (outcome instanceof UserInfoOutcome.Found found) {
            UserInfo info = found.info();
            Optional<Payload.OwnInfo> own = Optional.ofNullable(info.personal())
                    .map(mine -> new Payload.OwnInfo(mine.email(), mine.isPassword(), mine.isThirdParty()));
            return new Answer.Data(new Payload.UserInfo(once(), info.userName(), info.memberSince(), own));
        }
        return new Answer.No(((UserInfoOutcome.Refused) outcome).refusal());
    }
}
