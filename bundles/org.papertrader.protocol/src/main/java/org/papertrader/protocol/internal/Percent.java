package org.papertrader.protocol.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.papertrader.model.ReasonCode;

/** Percent-encoding of values in lists, so that they hold no space, comma or equals sign. */
final class Percent {
    private static final String PLAIN = "._-:/+";

    private Percent() {}

    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(hexByte(text, i + 1));
                i += 2;
            } else if (c < 0x80 && isPlain((byte) c)) {
                bytes.write(c);
            } else {
                throw bad();
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad();
        }
    }

    private static int hexByte(String text, int index) {
        if (index + 2 > text.length()
                || !HexFormat.isHexDigit(text.charAt(index))
                || !HexFormat.isHexDigit(text.charAt(index + 1))) {
            throw bad();
        }
        return HexFormat.fromHexDigits(text, index, index + 2);
    }

    private static boolean isPlain(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || PLAIN.indexOf(b) >= 0;
    }

    private static BadMessage bad() {
        return new BadMessage(ReasonCode.BAD_ARGUMENTS, "A value is not percent-encoded as it must be.");
    }
}
