package africa.mycandidate.operator.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The components of a record by name, and a record rebuilt from changed ones. */
public final class Fields {
    /** Reflection answers with new objects each time, and each would have to warm up again. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private record Shape(List<RecordComponent> components, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            if (!type.isRecord()) throw new IllegalArgumentException(type + " is no record");
            var components = List.of(type.getRecordComponents());
            components.forEach(component -> component.getAccessor().setAccessible(true));
            try {
                var constructor = type.getDeclaredConstructor(
                        components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new Shape(components, constructor);
            } catch (NoSuchMethodException e) {
                throw new AssertionError("every record has a canonical constructor", e);
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
        for (var component : components(record.getClass())) fields.put(component.getName(), value(component, record));
        return fields;
    }

    public static Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** The same record with every component passed through {@code change}. */
    @SuppressWarnings("unchecked")
    public static <T> T map(T record, BiFunction<RecordComponent, Object, Object> change) {
        var shape = SHAPES.get(record.getClass());
        var values = shape.components().stream()
                .map(component -> change.apply(component, value(component, record)))
                .toArray();
        try {
            return (T) shape.constructor().newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot rebuild " + record.getClass(), e);
        }
    }
}
