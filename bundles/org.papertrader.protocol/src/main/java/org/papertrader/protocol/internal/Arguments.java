package org.papertrader.protocol.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.papertrader.model.ReasonCode;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;

/** The string arguments of a frame (PRO-4): strict UTF-8 without control characters, separated by single spaces. */
final class Arguments {
    private final List<String> values;

    private Arguments(List<String> values) {
        this.values = values;
    }

    /** Arguments of which none may contain a space: those of all requests and of lists. */
    static Arguments words(Instruction instruction, FrameView frame) {
        Arguments arguments = split(instruction, frame);
        if (!arguments.values.isEmpty()) {
            String last = arguments.values.get(arguments.values.size() - 1);
            if (last.isEmpty() || last.indexOf(' ') >= 0) {
                throw bad("The data hold more or fewer arguments than argumentCount says.");
            }
        }
        return arguments;
    }

    /** Arguments of which the last may contain spaces or be empty. */
    static Arguments wordsThenText(Instruction instruction, FrameView frame) {
        return split(instruction, frame);
    }

    int size() {
        return values.size();
    }

    String get(int index) {
        return values.get(index);
    }

    List<String> all() {
        return values;
    }

    private static Arguments split(Instruction instruction, FrameView frame) {
        int count = frame.argumentCount();
        if (count < instruction.argumentsMin() || count > instruction.argumentsMax()) {
            throw bad(instruction.text() + " takes " + countText(instruction) + " arguments, not " + count + ".");
        }
        String data = decode(frame.copyArguments());
        if (count == 0) {
            if (!data.isEmpty()) {
                throw bad("argumentCount is 0, but there are data.");
            }
            return new Arguments(List.of());
        }
        List<String> values = new ArrayList<>(count);
        int from = 0;
        for (int i = 1; i < count; i++) {
            int space = data.indexOf(' ', from);
            if (space <= from) {
                throw bad("Arguments are separated by single spaces, and none but the last may be empty.");
            }
            values.add(data.substring(from, space));
            from = space + 1;
        }
        values.add(data.substring(from));
        return new Arguments(values);
    }

    private static String decode(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("The data are not valid UTF-8.");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw bad("Arguments must not contain control characters.");
            }
        }
        return text;
    }

    private static String countText(Instruction instruction) {
        int min = instruction.argumentsMin();
        int max = instruction.argumentsMax();
        return min == max ? Integer.toString(min) : min + " to " + max;
    }

    private static BadMessage bad(String text) {
        return new BadMessage(ReasonCode.BAD_ARGUMENTS, text);
    }
}
