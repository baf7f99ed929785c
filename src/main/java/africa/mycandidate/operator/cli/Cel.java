package africa.mycandidate.operator.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of the Common Expression Language that the rules of our own custom resource definition are written in. A library for all of it would weigh more than the
 * rest of the operator's own code; what is not known here throws, and a test goes through every rule.
 */
final class Cel {
    /** An expression, ready to be evaluated. */
    interface Expression {
        Object in(Map<String, Object> variables);

        default boolean holds(Map<String, Object> variables) {
            return (Boolean) in(variables);
        }
    }

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<number>\\d+(?:\\.\\d+)?)|(?<text>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")|(?<name>[A-Za-z_]\\w*)"
                    + "|(?<sign>\\|\\||&&|==|!=|<=|>=|[-+*/%<>!?:.,()\\[\\]{}]))");
    private static final Set<String> RELATIONS = Set.of("==", "!=", "<", "<=", ">", ">=", "in");
    private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "map", "filter");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private record Token(String kind, String text) {}

    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Cel(String source) {
        var matcher = TOKEN.matcher(source);
        var end = 0;
        while (matcher.lookingAt()) {
            tokens.add(token(matcher));
            end = matcher.end();
            matcher.region(end, source.length());
        }
        if (!source.substring(end).isBlank())
            throw new IllegalArgumentException("not understood: " + source.substring(end));
        tokens.add(new Token("end", ""));
    }

    static Expression parse(String source) {
        var parser = new Cel(source);
        var expression = parser.choice();
        if (!parser.peek().kind().equals("end")) throw parser.unexpected();
        return expression;
    }

    private static Token token(Matcher matcher) {
        for (var kind : List.of("number", "text", "name", "sign"))
            if (matcher.group(kind) != null) return new Token(kind, matcher.group(kind));
        throw new IllegalStateException("a token of no kind");
    }

    private Expression choice() {
        var condition = either();
        if (!take("?")) return condition;
        var then = choice();
        must(":");
        var otherwise = choice();
        return in -> condition.holds(in) ? then.in(in) : otherwise.in(in);
    }

    private Expression either() {
        var left = both();
        while (take("||")) {
            var one = left;
            var other = both();
            left = in -> one.holds(in) || other.holds(in);
        }
        return left;
    }

    private Expression both() {
        var left = relation();
        while (take("&&")) {
            var one = left;
            var other = relation();
            left = in -> one.holds(in) && other.holds(in);
        }
        return left;
    }

    private Expression relation() {
        var left = operation(this::product, Set.of("+", "-")).get();
        while (RELATIONS.contains(peek().text())) {
            var sign = next().text();
            var one = left;
            var other = operation(this::product, Set.of("+", "-")).get();
            left = in -> CelFunctions.compare(sign, one.in(in), other.in(in));
        }
        return left;
    }

    private Expression product() {
        return operation(this::unary, Set.of("*", "/", "%")).get();
    }

    private interface Part {
        Expression get();
    }

    private Part operation(Part operand, Set<String> signs) {
        return () -> {
            var left = operand.get();
            while (peek().kind().equals("sign") && signs.contains(peek().text())) {
                var sign = next().text();
                var one = left;
                var other = operand.get();
                left = in -> CelFunctions.calculate(sign, one.in(in), other.in(in));
            }
            return left;
        };
    }

    private Expression unary() {
        if (take("!")) {
            var operand = unary();
            return in -> !operand.holds(in);
        }
        if (take("-")) {
            var operand = unary();
            return in -> CelFunctions.calculate("-", 0L, operand.in(in));
        }
        return member();
    }

    private Expression member() {
        var left = primary();
        while (true) {
            var of = left;
            if (take("[")) {
                var index = choice();
                must("]");
                left = in -> CelFunctions.element(of.in(in), index.in(in));
            } else if (take(".")) {
                var name = next().text();
                left = take("(") ? method(of, name) : in -> CelFunctions.field(of.in(in), name);
            } else return left;
        }
    }

    private Expression method(Expression of, String name) {
        if (MACROS.contains(name)) {
            var variable = next().text();
            must(",");
            var body = choice();
            must(")");
            return in -> CelFunctions.each(name, of.in(in), item -> body.in(with(in, variable, item)));
        }
        var arguments = list(")");
        return in -> CelFunctions.call(name, of.in(in), all(arguments, in));
    }

    private Expression primary() {
        var token = next();
        return switch (token.kind()) {
            case "number" -> constant(number(token.text()));
            case "text" ->
                constant(ESCAPE.matcher(token.text().substring(1, token.text().length() - 1))
                        .replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group(1)))));
            case "name" -> named(token.text());
            default ->
                switch (token.text()) {
                    case "(" -> {
                        var inner = choice();
                        must(")");
                        yield inner;
                    }
                    case "[" -> {
                        var items = list("]");
                        yield in -> all(items, in);
                    }
                    case "{" -> map();
                    default -> throw unexpected();
                };
        };
    }

    private static Object number(String text) {
        return text.contains(".") ? (Object) Double.valueOf(text) : (Object) Long.valueOf(text);
    }

    private static String unescaped(String escaped) {
        return switch (escaped) {
            case "n" -> "\n";
            case "t" -> "\t";
            case "\\", "'", "\"" -> escaped;
            default -> throw new IllegalArgumentException("an escape that is not known: \\" + escaped);
        };
    }

    private Expression named(String name) {
        if (name.equals("true") || name.equals("false")) return constant(Boolean.valueOf(name));
        if (!take("(")) return in -> CelFunctions.field(in, name);
        if (name.equals("has")) return has();
        var arguments = list(")");
        return in -> CelFunctions.call(name, all(arguments, in));
    }

    /** {@code has(a.b.c)}: whether {@code a.b} has the field. */
    private Expression has() {
        var path = new ArrayList<String>();
        path.add(next().text());
        while (take(".")) path.add(next().text());
        must(")");
        return in -> {
            Object of = in;
            for (var name : path.subList(0, path.size() - 1)) of = CelFunctions.field(of, name);
            return ((Map<?, ?>) of).containsKey(path.getLast());
        };
    }

    private Expression map() {
        var entries = new LinkedHashMap<Expression, Expression>();
        while (!take("}")) {
            var key = choice();
            must(":");
            entries.put(key, choice());
            take(",");
        }
        return in -> {
            var map = new LinkedHashMap<Object, Object>();
            entries.forEach((key, value) -> map.put(key.in(in), value.in(in)));
            return map;
        };
    }

    private List<Expression> list(String end) {
        var items = new ArrayList<Expression>();
        while (!take(end)) {
            items.add(choice());
            take(",");
        }
        return items;
    }

    private static List<Object> all(List<Expression> expressions, Map<String, Object> in) {
        var values = new ArrayList<>();
        for (var expression : expressions) values.add(expression.in(in));
        return values;
    }

    private static Map<String, Object> with(Map<String, Object> variables, String name, Object value) {
        var more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return more;
    }

    private static Expression constant(Object value) {
        return in -> value;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(at++);
    }

    private boolean take(String sign) {
        if (!peek().kind().equals("sign") || !peek().text().equals(sign)) return false;
        at++;
        return true;
    }

    private void must(String sign) {
        if (!take(sign)) throw unexpected();
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                "not understood from " + tokens.subList(Math.max(0, at - 1), tokens.size()));
    }
}
