package africa.mycandidate.operator.model;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The components of a record by name, and a record rebuilt from changed ones. */
public final class Fields {
    private Fields() {}

    public static List<RecordComponent> components(Class<?> type) {
        if (!type.isRecord()) throw new IllegalArgumentException(type + " is no record");
        return List.of(type.getRecordComponents());
    }

    /** Name to value, in the order of declaration; values may be null. */
    public static Map<String, Object> of(Record record) {
        var fields = new LinkedHashMap<String, Object>();
        for (var component : components(record.getClass())) fields.put(component.getName(), value(component, record));
        return fields;
    }

    public static Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** The same record with every component passed through {@code change}. */
    @SuppressWarnings("unchecked")
    public static <T> T map(T record, BiFunction<RecordComponent, Object, Object> change) {
        var components = components(record.getClass());
        var types = new Class<?>[components.size()];
        var values = new Object[components.size()];
        for (var i = 0; i < values.length; i++) {
            types[i] = components.get(i).getType();
            values[i] = change.apply(components.get(i), value(components.get(i), record));
        }
        try {
            var constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (T) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot rebuild " + record.getClass(), e);
        }
    }
}
