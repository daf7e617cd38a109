package org.papertrader.protocol.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameView;

/** The golden frames, by the name of their file below {@code wire/} without its ending. */
final class Wire {
    static final Path FOLDER = Path.of("src/test/resources/wire");
    static final FrameCodec CODEC = new FrameCodecV1();

    private Wire() {}

    static List<String> names() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".hex"))
                    .map(file -> FOLDER.relativize(file).toString().replace(".hex", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String name) {
        try (Stream<String> lines = Files.lines(FOLDER.resolve(name + ".hex"))) {
            return parse(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hexadecimal digits and blanks; lines that begin with # are comments. */
    static byte[] parse(Stream<String> lines) {
        return HexFormat.of()
                .parseHex(lines.filter(line -> !line.startsWith("#"))
                        .collect(Collectors.joining())
                        .replace(" ", ""));
    }

    static FrameView view(byte[] frame) {
        return CODEC.view(Unpooled.wrappedBuffer(frame), 0, null);
    }

    static byte[] written(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
