package org.papertrader.itests.exam;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.ops4j.pax.exam.util.Injector;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * Runs a test class inside an OSGi framework: {@code @ExtendWith(PaxExamExtension.class)}.
 *
 * <p>The class is seen twice. On the host, where the build runs it, the framework is started once for the class, with
 * the options of its {@link org.ops4j.pax.exam.Configuration} methods; no method body and no lifecycle method runs
 * there, each test is passed on instead. In the container the same class, now part of a bundle, is run by the Jupiter
 * engine: fields marked {@code @Inject} are services, {@code @BeforeEach} and the like run as always. What a test
 * throws in the container is thrown on the host, the very same object. Tags, names and {@code -Dtest} selection are
 * the host's business and work as always.
 *
 * <p>Limits: the class may not be in a package that the host shares ({@link HostPackages}); constructors and field initialisers run on both sides; {@code @BeforeAll} and {@code @AfterAll} run in
 * the container around each test, while static fields live as long as the container; no {@code @TestFactory}.
 */
public final class PaxExamExtension implements BeforeAllCallback, TestInstancePostProcessor, InvocationInterceptor {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(PaxExamExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isHost(context)) {
            container(context);
        }
    }

    @Override
    public void postProcessTestInstance(Object test, ExtensionContext context) {
        Bundle probe = FrameworkUtil.getBundle(test.getClass());
        if (probe != null) {
            BundleContext bundleContext = probe.getBundleContext();
            ServiceReference<Injector> reference = bundleContext.getServiceReference(Injector.class);
            bundleContext.getService(reference).injectFields(test);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runInContainer(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runInContainer(invocation, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        throw new UnsupportedOperationException("@TestFactory cannot run in a container: " + method.getExecutable());
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) {
        throw new UnsupportedOperationException("dynamic tests cannot run in a container");
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        skipOnHost(invocation, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        skipOnHost(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        skipOnHost(invocation, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        skipOnHost(invocation, context);
    }

    private static void runInContainer(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        if (isHost(context)) {
            invocation.skip();
            container(context).run(context.getUniqueId());
        } else {
            invocation.proceed();
        }
    }

    private static void skipOnHost(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        if (isHost(context)) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }

    private static boolean isHost(ExtensionContext context) {
        return FrameworkUtil.getBundle(context.getRequiredTestClass()) == null;
    }

    /** The container of the class; nested classes find that of their outermost one. Closed by JUnit with the store. */
    private static ExamContainer container(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        ExamContainer.class,
                        key -> ExamContainer.start(context.getRequiredTestClass()),
                        ExamContainer.class);
    }
}
