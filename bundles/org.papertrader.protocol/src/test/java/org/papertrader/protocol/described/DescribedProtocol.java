package org.papertrader.protocol.described;

import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.JavaMain;
import io.kaitai.struct.KaitaiStream;
import io.kaitai.struct.KaitaiStruct;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/**
 * The parser that the stock Kaitai Struct compiler makes of {@code docs/protocol.ksy}. It knows the protocol from there
 * alone; its classes exist only at run time, so their fields are read with {@link #get}.
 */
public final class DescribedProtocol implements AutoCloseable {
    private static final String ROOT = "generated.Papertrader";

    private final URLClassLoader loader;

    private DescribedProtocol(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Makes the parser.
     *
     * @param docs the repository's folder of documents
     * @param folder an empty folder for sources and classes, which must last as long as the parser
     */
    public static DescribedProtocol compile(Path docs, Path folder) throws IOException {
        JavaMain.main(new String[] {
            "-t",
            "java",
            "--java-package",
            "generated",
            "-d",
            folder.toString(),
            docs.resolve("protocol.ksy").toString()
        });
        String source = folder.resolve("generated/Papertrader.java").toString();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", runtime(), "-d", folder.toString(), source);
        if (result != 0) {
            throw new IOException("the parser of protocol.ksy does not compile");
        }
        URL[] classes = {folder.toUri().toURL()};
        return new DescribedProtocol(new URLClassLoader(classes, DescribedProtocol.class.getClassLoader()));
    }

    private static String runtime() throws IOException {
        try {
            return Path.of(KaitaiStruct.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Parses what went over a connection in one direction. */
    public KaitaiStruct traffic(byte[] bytes) throws ReflectiveOperationException {
        return parse(ROOT, bytes);
    }

    /** Parses the joined data of a transfer. */
    public KaitaiStruct payload(byte[] bytes) throws ReflectiveOperationException {
        return parse(ROOT + "$Payload", bytes);
    }

    /** The instructions of the description, as constants of an enumeration. */
    public Object[] instructions() throws ReflectiveOperationException {
        return loader.loadClass(ROOT + "$Instruction").getEnumConstants();
    }

    private KaitaiStruct parse(String type, byte[] bytes) throws ReflectiveOperationException {
        return (KaitaiStruct) loader.loadClass(type)
                .getConstructor(KaitaiStream.class)
                .newInstance(new ByteBufferKaitaiStream(bytes));
    }

    /** A field of a parsed structure, or a field of a field, and so on. */
    public static Object get(Object structure, String... path) throws ReflectiveOperationException {
        Object value = structure;
        for (String field : path) {
            value = value.getClass().getMethod(field).invoke(value);
        }
        return value;
    }

    /** The number of an enumeration's constant. */
    public static long id(Object constant) throws ReflectiveOperationException {
        return (long) get(constant, "id");
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
