package org.papertrader.itests.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A Java agent: a program that runs with it takes the machine's clock to be wrong, and knows nothing of the agent. */
public final class ShiftedClock implements ClassFileTransformer {
    /** All that asks the system for the time of day, of what the programs use. */
    private static final Set<String> CLASSES =
            Set.of("java/time/Clock", "java/time/Clock$SystemClock", "java/util/Date");

    private final long millis;

    private ShiftedClock(long millis) {
        this.millis = millis;
    }

    /** Called by the JVM with the milliseconds by which the clock is ahead. */
    public static void premain(String millis, Instrumentation instrumentation) throws Exception {
        ShiftedClock shifted = new ShiftedClock(Long.parseLong(millis));
        instrumentation.addTransformer(shifted, true);
        instrumentation.retransformClasses(Clock.class, Class.forName("java.time.Clock$SystemClock"), Date.class);
        Duration off = Duration.between(
                java.time.Instant.ofEpochMilli(System.currentTimeMillis()),
                Clock.systemUTC().instant());
        if (off.minusMillis(shifted.millis).abs().compareTo(Duration.ofMillis(500)) > 0) {
            throw new IllegalStateException("this JVM's clock could not be shifted");
        }
    }

    /**
     * A distribution like another one, on a machine whose clock is wrong.
     *
     * @param real the distribution
     * @param folder where to put it
     */
    static Path distribution(Path real, Path folder, Duration ahead) throws IOException {
        Path agent = agent(Files.createDirectories(folder).resolve("clock.jar"));
        String name = "papertrader-worker";
        Path script = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(
                script,
                "#!/bin/sh\nexport JDK_JAVA_OPTIONS='-javaagent:" + agent + "=" + ahead.toMillis() + "'\nexec '"
                        + real.resolve("bin").resolve(name) + "' \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        return folder;
    }

    private static Path agent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", ShiftedClock.class.getName());
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Class-Path", locationOf(ClassReader.class));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Class<?> each : new Class<?>[] {ShiftedClock.class, Shift.class, ShiftedMethod.class}) {
                String entry = each.getName().replace('.', '/') + ".class";
                entries.putNextEntry(new JarEntry(entry));
                try (InputStream in = ShiftedClock.class.getResourceAsStream("/" + entry)) {
                    in.transferTo(entries);
                }
            }
        }
        return jar.toAbsolutePath();
    }

    private static String locationOf(Class<?> library) {
        return library.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (!CLASSES.contains(name)) {
            return null;
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(bytes).accept(new Shift(writer, millis), 0);
        return writer.toByteArray();
    }

    private static final class Shift extends ClassVisitor {
        private final long millis;

        Shift(ClassVisitor next, long millis) {
            super(Opcodes.ASM9, next);
            this.millis = millis;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, type, generic, thrown);
            return new ShiftedMethod(next, name.equals("currentInstant"), millis);
        }
    }

    /** The clock is asked in one of two ways: for an instant, which is shifted whole, or for milliseconds. */
    private static final class ShiftedMethod extends MethodVisitor {
        private final boolean givesInstant;
        private final long millis;

        ShiftedMethod(MethodVisitor next, boolean givesInstant, long millis) {
            super(Opcodes.ASM9, next);
            this.givesInstant = givesInstant;
            this.millis = millis;
        }

        @Override
        public void visitInsn(int opcode) {
            if (givesInstant && opcode == Opcodes.ARETURN) {
                super.visitLdcInsn(millis);
                super.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL, "java/time/Instant", "plusMillis", "(J)Ljava/time/Instant;", false);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
            super.visitMethodInsn(opcode, owner, name, type, ofInterface);
            if (!givesInstant && owner.equals("java/lang/System") && name.equals("currentTimeMillis")) {
                super.visitLdcInsn(millis);
                super.visitInsn(Opcodes.LADD);
            }
        }
    }
}
