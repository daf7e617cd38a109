package org.papertrader.relay.internal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.link.api.LinkReply;
import org.papertrader.model.Caller;
import org.papertrader.model.Email;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.UserInfo;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.HashedPass;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** The account authorization tunnel (WRK-5): credentials go to the master, which alone decides. */
@Component(service = Accounts.class, property = "side=worker")
public final class TunnelledAccounts implements Accounts {
    private final MasterCalls master;

    @Activate
    public TunnelledAccounts(@Reference MasterCalls master) {
        this.master = master;
    }

    @Override
    public CompletionStage<RegisterOutcome> register(Caller caller, Registration registration) {
        return checked(
                () -> new Request.Register(
                        new UserName(registration.userName()),
                        new Email(registration.email()),
                        HashedPass.parse(registration.hashedPass())),
                request -> Replies.<RegisterOutcome>settleChange(
                        master.forward(caller, request),
                        reply -> answer(reply, Return.RegisterSuccess.class)
                                .map(success -> new RegisterOutcome.Registered(success.userName())),
                        RegisterOutcome.Refused::new),
                RegisterOutcome.Refused::new);
    }

    @Override
    public CompletionStage<LoginOutcome> login(Caller caller, Credentials credentials) {
        return checked(
                () -> new Request.Login(
                        new UserName(credentials.userName()),
                        HashedPass.parse(credentials.hashedPass()),
                        credentials.expirable()),
                request -> session(caller, request),
                LoginOutcome.Refused::new);
    }

    @Override
    public CompletionStage<LoginOutcome> resume(Caller caller) {
        return session(caller, new Request.ResumeSession());
    }

    @Override
    public CompletionStage<LogoutOutcome> logout(Caller caller) {
        return Replies.<LogoutOutcome>settleChange(
                master.forward(caller, new Request.Logout()),
                reply -> answer(reply, Return.LogoutSuccess.class).map(success -> new LogoutOutcome.LoggedOut()),
                LogoutOutcome.Refused::new);
    }

    @Override
    public CompletionStage<UserInfoOutcome> userInfo(Caller caller, UserName user) {
        return Replies.<UserInfoOutcome>payload(
                master,
                caller,
                new Request.GetUserInfo(user),
                payload -> payload instanceof Payload.UserInfo info
                        ? Optional.of(new UserInfoOutcome.Found(info(info)))
                        : Optional.empty(),
                UserInfoOutcome.Refused::new);
    }

    private CompletionStage<LoginOutcome> session(Caller caller, Request request) {
        return Replies.<LoginOutcome>settle(
                master.forward(caller, request),
                reply -> reply instanceof LinkReply.ActiveSession active
                        ? Optional.of(new LoginOutcome.LoggedIn(active.id(), active.session()))
                        : Optional.empty(),
                LoginOutcome.Refused::new);
    }

    private static UserInfo info(Payload.UserInfo payload) {
        return new UserInfo(
                payload.userName(),
                payload.registered(),
                payload.own()
                        .map(own -> new UserInfo.Personal(own.email(), own.isPassword(), own.isThirdParty()))
                        .orElse(null));
    }

    private static <R> CompletionStage<R> checked(
            Supplier<Request> request, Function<Request, CompletionStage<R>> send, Function<Refusal, R> refused) {
        Request made;
        try {
            made = request.get();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    refused.apply(Refusal.of(ReasonCode.BAD_ARGUMENTS, String.valueOf(e.getMessage()))));
        }
        return send.apply(made);
    }

    private static <A extends Return> Optional<A> answer(LinkReply reply, Class<A> kind) {
        return reply instanceof LinkReply.Answer answer && kind.isInstance(answer.answer())
                ? Optional.of(kind.cast(answer.answer()))
                : Optional.empty();
    }
}
