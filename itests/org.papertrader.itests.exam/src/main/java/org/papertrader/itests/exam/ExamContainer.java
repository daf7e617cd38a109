package org.papertrader.itests.exam;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestAddress;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;

/** A started framework that holds one test class as a bundle. Used by one thread at a time. */
final class ExamContainer implements AutoCloseable {

    private final TestContainer container;
    private final TestAddress probe;

    private ExamContainer(TestContainer container, TestAddress probe) {
        this.container = container;
        this.probe = probe;
    }

    /**
     * Starts a framework for the class, with the classes beside it as a bundle.
     *
     * @throws TestContainerException when the framework or the bundle cannot be started
     */
    static ExamContainer start(Class<?> testClass) {
        List<Option> options = new ArrayList<>(BridgeOptions.all());
        options.addAll(configuration(testClass));
        try {
            ExamSystem system = DefaultExamSystem.create(options.toArray(Option[]::new));
            TestContainer[] containers =
                    PaxExamRuntime.getTestContainerFactory().create(system);
            if (containers.length != 1) {
                throw new TestContainerException("one OSGi framework expected, found " + containers.length);
            }
            return start(testClass, system, containers[0]);
        } catch (IOException e) {
            throw new TestContainerException("the container of " + testClass.getName() + " cannot be prepared", e);
        }
    }

    private static ExamContainer start(Class<?> testClass, ExamSystem system, TestContainer container)
            throws IOException {
        TestProbeBuilder builder = system.createProbe();
        TestAddress address = builder.addTest(testClass, JupiterActivator.DRIVER, new Object[1]);
        boolean started = false;
        try {
            container.start();
            container.installProbe(builder.build().getStream());
            // Pax Exam serves the probe from a thread of its own; only then is it ready to be used or stopped.
            container.call(new Call(address, JupiterInvoker.NOTHING));
            started = true;
            return new ExamContainer(container, address);
        } finally {
            if (!started) {
                container.stop();
            }
        }
    }

    /**
     * Runs one test in the container.
     *
     * @param uniqueId what Jupiter calls the test, on the host and in the container alike
     * @throws Throwable what the test threw
     */
    void run(String uniqueId) throws Throwable {
        try {
            container.call(new Call(probe, uniqueId));
        } catch (ContainerTestFailure e) {
            throw e.thrown();
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    private static List<Option> configuration(Class<?> testClass) {
        List<Option> options = new ArrayList<>();
        for (Method method : AnnotationSupport.findAnnotatedMethods(
                testClass, Configuration.class, HierarchyTraversalMode.TOP_DOWN)) {
            Collections.addAll(options, options(testClass, method));
        }
        return options;
    }

    private static Option[] options(Class<?> testClass, Method method) {
        try {
            Constructor<?> constructor = testClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            method.setAccessible(true);
            return (Option[]) method.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            throw new TestContainerException(method + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new TestContainerException(method + " cannot be called", e);
        }
    }

    /** One call of the probe: which invoker, and what it shall run. */
    private record Call(TestAddress root, String uniqueId) implements TestAddress {

        @Override
        public String identifier() {
            return root.identifier();
        }

        @Override
        public String caption() {
            return uniqueId;
        }

        @Override
        public Object[] arguments() {
            return new Object[] {uniqueId};
        }
    }
}
