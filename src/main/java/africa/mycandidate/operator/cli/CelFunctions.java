package africa.mycandidate.operator.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the operators and functions of {@link Cel} do. Whole numbers are longs, as in CEL. */
final class CelFunctions {
    private static final Pattern RANGE =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    private CelFunctions() {}

    /** An IPv4 range. */
    private record Range(long address, int prefix) {
        static boolean is(String text) {
            var matcher = RANGE.matcher(text);
            if (!matcher.matches() || Integer.parseInt(matcher.group(5)) > 32) return false;
            for (var part = 1; part <= 4; part++) if (Integer.parseInt(matcher.group(part)) > 255) return false;
            return true;
        }

        static Range of(String text) {
            var matcher = RANGE.matcher(text);
            if (!is(text) || !matcher.matches()) throw new IllegalArgumentException(text + " is no IPv4 range");
            var address = 0L;
            for (var part = 1; part <= 4; part++) address = address * 256 + Integer.parseInt(matcher.group(part));
            return new Range(address, Integer.parseInt(matcher.group(5)));
        }

        Range masked() {
            var size = 1L << 32 - prefix;
            return new Range(address / size * size, prefix);
        }

        boolean contains(Range other) {
            return other.prefix >= prefix
                    && new Range(other.address, prefix).masked().equals(masked());
        }

        @Override
        public String toString() {
            return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255)
                    + "/" + prefix;
        }
    }

    static Object field(Object of, Object name) {
        if (of instanceof Map<?, ?> map && map.containsKey(name)) return map.get(name);
        throw new IllegalArgumentException("there is no field " + name);
    }

    static Object element(Object of, Object index) {
        if (of instanceof List<?> list) return list.get(((Long) index).intValue());
        return field(of, index);
    }

    static boolean compare(String sign, Object one, Object other) {
        return switch (sign) {
            case "==" -> one.equals(other);
            case "!=" -> !one.equals(other);
            case "in" -> other instanceof Map<?, ?> map ? map.containsKey(one) : ((Collection<?>) other).contains(one);
            case "<" -> order(one, other) < 0;
            case "<=" -> order(one, other) <= 0;
            case ">" -> order(one, other) > 0;
            default -> order(one, other) >= 0;
        };
    }

    private static int order(Object one, Object other) {
        if (one instanceof String text) return text.compareTo((String) other);
        return Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue());
    }

    static Object calculate(String sign, Object one, Object other) {
        if (one instanceof String text && sign.equals("+")) return text + other;
        if (one instanceof List<?> list && sign.equals("+"))
            return Stream.concat(list.stream(), ((List<?>) other).stream()).toList();
        var left = (Long) one;
        var right = (Long) other;
        return switch (sign) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            default -> left % right;
        };
    }

    /** The macros that go through a list, or through the keys of a map. */
    static Object each(String macro, Object of, Function<Object, Object> body) {
        var items = of instanceof Map<?, ?> map ? map.keySet() : (Collection<?>) of;
        return switch (macro) {
            case "all" -> items.stream().allMatch(item -> (Boolean) body.apply(item));
            case "exists" -> items.stream().anyMatch(item -> (Boolean) body.apply(item));
            case "exists_one" ->
                items.stream().filter(item -> (Boolean) body.apply(item)).count() == 1;
            case "filter" ->
                items.stream().filter(item -> (Boolean) body.apply(item)).toList();
            default -> {
                var mapped = new ArrayList<>();
                for (var item : items) mapped.add(body.apply(item));
                yield mapped;
            }
        };
    }

    static Object call(String function, List<Object> arguments) {
        var argument = arguments.getFirst();
        return switch (function) {
            case "size" -> size(argument);
            case "int" -> argument instanceof String text ? Long.parseLong(text) : ((Number) argument).longValue();
            case "double" ->
                argument instanceof String text ? Double.parseDouble(text) : ((Number) argument).doubleValue();
            case "string" -> argument.toString();
            case "isCIDR" -> Range.is((String) argument);
            case "cidr" -> Range.of((String) argument);
            default -> throw new IllegalArgumentException("a function that is not known: " + function);
        };
    }

    static Object call(String method, Object of, List<Object> arguments) {
        return switch (of) {
            case Range range -> range(method, range, arguments);
            case String text -> text(method, text, arguments);
            case Collection<?> list
            when method.equals("sum") ->
                list.stream().mapToLong(item -> (Long) item).sum();
            case Collection<?> list
            when method.equals("join") ->
                String.join(
                        (String) arguments.getFirst(),
                        list.stream().map(Object::toString).toList());
            case Object any when method.equals("size") -> size(any);
            default -> throw new IllegalArgumentException("a method that is not known: " + method);
        };
    }

    private static Object text(String method, String text, List<Object> arguments) {
        if (method.equals("size")) return size(text);
        if (method.equals("lowerAscii")) return text.toLowerCase(Locale.ROOT);
        if (method.equals("format")) return text.formatted(((List<?>) arguments.getFirst()).toArray());
        var argument = (String) arguments.getFirst();
        return switch (method) {
            case "matches" -> Pattern.compile(argument).matcher(text).find();
            case "contains" -> text.contains(argument);
            case "startsWith" -> text.startsWith(argument);
            case "endsWith" -> text.endsWith(argument);
            case "split" -> List.of(text.split(Pattern.quote(argument), -1));
            default -> throw new IllegalArgumentException("a method that is not known: " + method);
        };
    }

    private static Object range(String method, Range range, List<Object> arguments) {
        return switch (method) {
            case "prefixLength" -> (long) range.prefix();
            case "masked" -> range.masked();
            case "containsCIDR" ->
                range.contains(
                        arguments.getFirst() instanceof Range other ? other : Range.of((String) arguments.getFirst()));
            case "ip" -> range;
            case "family" -> 4L;
            default -> throw new IllegalArgumentException("a method that is not known: " + method);
        };
    }

    private static Object size(Object of) {
        return switch (of) {
            case String text -> (long) text.codePointCount(0, text.length());
            case Map<?, ?> map -> (long) map.size();
            default -> (long) ((Collection<?>) of).size();
        };
    }
}
