package africa.mycandidate.operator.aws;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkClient;

/**
 * Clients whose every request passes the {@link Port}. One dynamic proxy for each client: request methods pass, overloads and paginators are run on the proxy so
 * that the requests they make come back through it.
 */
public final class PortedClients implements Clients {
    private final Clients inner;
    private final Port port;
    private final Map<Class<?>, SdkClient> made = new ConcurrentHashMap<>();

    public PortedClients(Clients inner, Port port) {
        this.inner = inner;
        this.port = port;
    }

    @Override
    public <C extends SdkClient> C of(Class<C> service) {
        return service.cast(made.computeIfAbsent(service, type -> proxy(service)));
    }

    private <C extends SdkClient> C proxy(Class<C> service) {
        var target = inner.of(service);
        var name = service.getSimpleName().replaceFirst("Client$", "");
        var requests = new ConcurrentHashMap<Method, Optional<Port.Effect>>();
        InvocationHandler handler = (proxy, method, arguments) -> {
            var effect = requests.computeIfAbsent(method, one -> request(name, one));
            if (effect.isPresent()) return port.pass(effect.get(), () -> invoke(method, target, arguments));
            if (method.isDefault() && leadsToARequest(method))
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            return invoke(method, target, arguments);
        };
        return service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, handler));
    }

    @Override
    public Clients global() {
        return new PortedClients(inner.global(), port);
    }

    private static Optional<Port.Effect> request(String service, Method method) {
        return isRequest(method) ? Optional.of(Port.Effect.of(service, method.getName())) : Optional.empty();
    }

    /** The method that makes one request; the paginators' own methods take a request too, but return an iterable. */
    private static boolean isRequest(Method method) {
        return method.getParameterCount() == 1
                && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && !method.getName().endsWith("Paginator");
    }

    /** Overloads, those without any argument too, and paginators; but not what a client says of itself. */
    private static boolean leadsToARequest(Method method) {
        return method.getParameterCount() > 0
                || AwsResponse.class.isAssignableFrom(method.getReturnType())
                || method.getName().endsWith("Paginator");
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
