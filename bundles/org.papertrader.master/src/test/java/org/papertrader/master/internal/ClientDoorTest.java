package org.papertrader.master.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.api.IncomingRequest;

@Tag("PRO-10")
@Tag("OVR-4")
class ClientDoorTest {
    private static final long REQUEST_ID = 77;

    private final Fakes.Master master = new Fakes.Master();
    private final List<Return> answers = new ArrayList<>();

    @AfterEach
    void stop() {
        master.close();
    }

    private Return ask(int instruction, DecodeResult<Request> decoded) {
        ClientConnection connection = fake(ClientConnection.class, (name, arguments) -> {
            assertThat(name).isEqualTo("answer");
            assertThat(arguments[0]).isEqualTo(REQUEST_ID);
            answers.add((Return) arguments[1]);
            return null;
        });
        FrameView frame = fake(FrameView.class, (name, arguments) -> switch (name) {
            case "requestId" -> REQUEST_ID;
            case "instruction" -> instruction;
            default -> throw new AssertionError(name);
        });
        master.router.request(connection, new IncomingRequest() {
            @Override
            public FrameView frame() {
                return frame;
            }

            @Override
            public long receivedMillis() {
                return System.currentTimeMillis();
            }

            @Override
            public DecodeResult<Request> decode() {
                return decoded;
            }
        });
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private interface Call {
        Object on(String name, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method.getName(), arguments)));
    }

    static Stream<Instruction> allButGetWorkers() {
        return Stream.of(Instruction.values()).filter(instruction -> instruction != Instruction.GET_WORKERS);
    }

    @Test
    @Tag("MST-22")
    void tellsTheListOfWorkers() {
        assertThat(ask(Instruction.GET_WORKERS.number(), new DecodeResult.Ok<>(new Request.GetWorkers())))
                .isEqualTo(new Return.Workers(List.of(Fakes.SERVER)));
    }

    @ParameterizedTest
    @MethodSource("allButGetWorkers")
    void refusesEverythingElse(Instruction instruction) {
        Return answer = ask(instruction.number(), new DecodeResult.Malformed<>(Refusal.of(ReasonCode.INTERNAL)));

        assertThat(answer).isInstanceOfSatisfying(Return.Failure.class, failure -> assertThat(
                        failure.refusal().code())
                .isEqualTo(ReasonCode.NOT_ALLOWED));
        assertThat(master.accounts.script.asked).isEmpty();
        assertThat(master.market.script.asked).isEmpty();
    }

    @Test
    void refusesAMalformedRequestForTheList() {
        Refusal bad = Refusal.of(ReasonCode.BAD_ARGUMENTS);

        assertThat(ask(Instruction.GET_WORKERS.number(), new DecodeResult.Malformed<>(bad)))
                .isEqualTo(new Return.Failure(bad));
    }
}
