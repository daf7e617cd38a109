package org.papertrader.protocol.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;

class InstructionTest {

    @ParameterizedTest
    @EnumSource
    void numbersLieInTheirBandsAndAreFoundAgain(Instruction instruction) {
        int number = instruction.number();
        MessageType expected =
                number < 100 ? MessageType.COMMAND : number < 200 ? MessageType.DATA_TRANSFER : MessageType.CONTROL;

        assertThat(instruction.messageType())
                .isEqualTo(instruction == Instruction.DATA ? MessageType.DATA_TRANSFER : expected);
        assertThat(instruction.isRequest()).isEqualTo(number < 200);
        assertThat(Instruction.ofNumber(number)).contains(instruction);
    }

    @Test
    void otherNumbersAreNoInstructions() {
        long known = Arrays.stream(Instruction.values()).count();
        long found = java.util.stream.IntStream.rangeClosed(-1, 0x1_0000)
                .filter(number -> Instruction.ofNumber(number).isPresent())
                .count();
        assertThat(found).isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("PRO-5")
    void eachRequestBelongsToItsStateAndOnlySwitchStateAndPingToBoth(Instruction instruction) {
        boolean both = instruction == Instruction.SWITCH_STATE || instruction == Instruction.PING;
        boolean data = instruction.number() >= 100 && instruction.number() < 200;

        assertThat(instruction.isAllowedIn(ConnectionState.COMMAND))
                .isEqualTo(instruction.isRequest() && (both || !data));
        assertThat(instruction.isAllowedIn(ConnectionState.DATA_TRANSFER)).isEqualTo(both || data);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("PRO-2")
    void everyRequestOfTheDataStateNeedsASession(Instruction instruction) {
        if (instruction.isAllowedIn(ConnectionState.DATA_TRANSFER) && instruction != Instruction.PING) {
            assertThat(instruction.needsSession()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("PRO-8")
    void refusalsGoToTheirOwnReturn(Instruction instruction) {
        if (instruction.isRequest()) {
            Return.Fail badArguments = Return.refusal(instruction, Refusal.of(ReasonCode.BAD_ARGUMENTS));
            Return.Fail wrongState = Return.refusal(instruction, Refusal.of(ReasonCode.WRONG_STATE));

            assertThat(badArguments.instruction().text()).matches(".*Fail|error");
            assertThat(wrongState.instruction()).isEqualTo(Instruction.ERROR);
            if (instruction.number() >= 100) {
                assertThat(badArguments.instruction()).isEqualTo(Instruction.DATA_FAIL);
            }
        }
    }

    @Test
    @Tag("PRO-15")
    void aSessionThatEndedIsALoginFailOnlyForTheLoginWithIt() {
        Refusal ended = Refusal.of(ReasonCode.NO_SESSION);
        assertThat(Return.refusal(Instruction.RESUME_SESSION, ended).instruction())
                .isEqualTo(Instruction.LOGIN_FAIL);
        assertThat(Return.refusal(Instruction.LOGOUT, ended).instruction()).isEqualTo(Instruction.ERROR);
    }

    @Test
    void secretsAreNotShown() {
        HashedPass pass = HashedPass.of(new byte[32]);
        assertThat(new Request.Login(new org.papertrader.model.UserName("alice"), pass, true).toString())
                .doesNotContain("00");
        assertThat(HashedPass.parse(pass.toHex())).isEqualTo(pass);
    }
}
