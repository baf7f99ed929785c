package africa.mycandidate.operator.model;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The components of a record by name, and a record rebuilt from changed ones. */
public final class Fields {
    /** Reflection answers with new objects each time, and each would have to warm up again. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    /** Each pass reads every field of every record many times: a reader made once is several times as fast as reflection. */
    private record Shape(
            List<RecordComponent> components, List<Function<Object, Object>> readers, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            if (!type.isRecord()) throw new IllegalArgumentException(type + " is no record");
            var components = List.of(type.getRecordComponents());
            try {
                var readers = new ArrayList<Function<Object, Object>>();
                for (var component : components) readers.add(reader(component));
                var constructor = type.getDeclaredConstructor(
                        components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new Shape(components, List.copyOf(readers), constructor);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("every record has a canonical constructor and accessors", e);
            }
        }

        @SuppressWarnings("unchecked")
        private static Function<Object, Object> reader(RecordComponent component) throws ReflectiveOperationException {
            var lookup = MethodHandles.privateLookupIn(component.getDeclaringRecord(), MethodHandles.lookup());
            var accessor = lookup.unreflect(component.getAccessor());
            try {
                return (Function<Object, Object>) LambdaMetafactory.metafactory(
                                lookup,
                                "apply",
                                MethodType.methodType(Function.class),
                                MethodType.methodType(Object.class, Object.class),
                                accessor,
                                accessor.type().wrap())
                        .getTarget()
                        .invoke();
            } catch (Throwable e) {
                throw new AssertionError("an accessor is a function of its record", e);
            }
        }
    }

    private Fields() {}

    public static List<RecordComponent> components(Class<?> type) {
        return SHAPES.get(type).components();
    }

    /** Name to value, in the order of declaration; values may be null. */
    public static Map<String, Object> of(Record record) {
        var fields = new LinkedHashMap<String, Object>();
        each(record, (component, value) -> fields.put(component.getName(), value));
        return fields;
    }

    /** @param component one of {@link #components} */
    public static Object value(RecordComponent component, Object record) {
        var shape = SHAPES.get(component.getDeclaringRecord());
        return shape.readers().get(shape.components().indexOf(component)).apply(record);
    }

    /** Goes through the components and their values, in the order of declaration; values may be null. */
    public static void each(Object record, BiConsumer<RecordComponent, Object> visit) {
        var shape = SHAPES.get(record.getClass());
        for (var i = 0; i < shape.components().size(); i++)
            visit.accept(shape.components().get(i), shape.readers().get(i).apply(record));
    }

    /** The same record with every component passed through {@code change}: this very one where none changes. */
    @SuppressWarnings("unchecked")
    public static <T> T map(T record, BiFunction<RecordComponent, Object, Object> change) {
        var shape = SHAPES.get(record.getClass());
        var values = new Object[shape.components().size()];
        var changed = false;
        for (var i = 0; i < values.length; i++) {
            var had = shape.readers().get(i).apply(record);
            values[i] = change.apply(shape.components().get(i), had);
            changed |= values[i] != had;
        }
        if (!changed) return record;
        try {
            return (T) shape.constructor().newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot rebuild " + record.getClass(), e);
        }
    }
}
