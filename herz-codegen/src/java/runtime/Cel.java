import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * What CEL rules in generated code are made of. Whole numbers (also nanoseconds) are {@link Long}, other numbers are
 * {@link Double}. Null is «no value»: a field is absent, a text is malformed, a number does not fit.
 */
public final class Cel {
    private Cel() {}

    /**
     * A field of an object, with what the structure fills in for an absent key.
     *
     * @param of the object
     * @param wire the key
     * @return its value
     */
    public static Object field(Object of, String wire) {
        if (!(of instanceof Model model) || model.table().find(wire) < 0) {
            return null;
        }
        int at = model.table().find(wire);
        Field field = model.table().fields.get(at);
        Object view = Views.notNull(model.view(at));
        if (view != null || field.nullable) {
            return view;
        }
        Object filled = filledIn(field);
        // `${` stands for what only the document knows.
        return filled instanceof String text && text.contains("${") ? null : filled;
    }

    /** What the structure fills in for an absent key. */
    private static Object filledIn(Field field) {
        Default known = field.filledBy(Layer.STRUCTURE);
        boolean fills = known != null && !known.fillEmpty && known.value != Special.GENERATED;
        return fills ? known.view() : null;
    }

    /**
     * Whether an object has a field.
     *
     * @param of the object
     * @param wire the key
     * @return a truth value
     */
    public static Object has(Object of, String wire) {
        if (!(of instanceof Model model)) {
            return null;
        }
        int at = model.table().find(wire);
        if (at < 0) {
            return false;
        }
        return Views.notNull(filledIn(model.table().fields.get(at))) != null || Views.notNull(model.view(at)) != null;
    }

    /**
     * A whole number of 64 bits.
     *
     * @param of a number
     * @return the number
     */
    public static Object toInt(Object of) {
        if (of instanceof Double number) {
            boolean whole = Math.rint(number) == number && Math.abs(number) < Numbers.EXACT;
            return whole ? (Object) number.longValue() : null;
        }
        return of instanceof Long ? of : null;
    }

    /**
     * A number.
     *
     * @param of a number
     * @return the number
     */
    public static Object toFloat(Object of) {
        return of instanceof Number number ? (Object) number.doubleValue() : null;
    }

    /**
     * False as soon as one side is.
     *
     * @param a a value
     * @param b another value
     * @return a truth value
     */
    public static Object and(Object a, Object b) {
        if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
            return false;
        }
        return a == null ? null : b;
    }

    /**
     * True as soon as one side is.
     *
     * @param a a value
     * @param b another value
     * @return a truth value
     */
    public static Object or(Object a, Object b) {
        if (Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)) {
            return true;
        }
        return a == null ? null : b;
    }

    /**
     * The other truth value.
     *
     * @param a a truth value
     * @return a truth value
     */
    public static Object not(Object a) {
        return a instanceof Boolean truth ? (Object) !truth : null;
    }

    /**
     * One of two values.
     *
     * @param condition a truth value
     * @param yes the value if it is true
     * @param no the value if it is false
     * @return the value
     */
    public static Object choose(Object condition, Object yes, Object no) {
        return condition instanceof Boolean truth ? truth ? yes : no : null;
    }

    /**
     * Whether two values are the same.
     *
     * @param a a value
     * @param b another value
     * @return a truth value
     */
    public static Object equal(Object a, Object b) {
        if (a == null || b == null) {
            return null;
        }
        if (a instanceof Views.ListView x && b instanceof Views.ListView y) {
            boolean same = x.size() == y.size();
            for (int at = 0; same && at < x.size(); at++) {
                same = Boolean.TRUE.equals(equal(x.get(at), y.get(at)));
            }
            return same;
        }
        return Views.same(a, b);
    }

    /**
     * Whether two values differ.
     *
     * @param a a value
     * @param b another value
     * @return a truth value
     */
    public static Object notEqual(Object a, Object b) {
        return not(equal(a, b));
    }

    /** How two values stand to each other, smaller ones first; NaN is in no order with anything. */
    private static Object ordered(Object a, Object b, boolean orEqual) {
        if (a instanceof Double x && b instanceof Double y) {
            return orEqual ? x <= y : x < y;
        }
        Integer order = null;
        if (a instanceof String x && b instanceof String y) {
            order = Texts.compare(x, y);
        } else if (a instanceof Long x && b instanceof Long y) {
            order = x.compareTo(y);
        } else if (a instanceof Boolean x && b instanceof Boolean y) {
            order = x.compareTo(y);
        }
        return order == null ? null : (Object) (orEqual ? order <= 0 : order < 0);
    }

    /**
     * Whether the first value is less.
     *
     * @param a a value
     * @param b another value
     * @return a truth value
     */
    public static Object less(Object a, Object b) {
        return ordered(a, b, false);
    }

    /**
     * Whether the first value is not greater.
     *
     * @param a a value
     * @param b another value
     * @return a truth value
     */
    public static Object lessOrEqual(Object a, Object b) {
        return ordered(a, b, true);
    }

    /**
     * Whether the first value is greater.
     *
     * @param a a value
     * @param b another value
     * @return a truth value
     */
    public static Object greater(Object a, Object b) {
        return ordered(b, a, false);
    }

    /**
     * Whether the first value is not less.
     *
     * @param a a value
     * @param b another value
     * @return a truth value
     */
    public static Object greaterOrEqual(Object a, Object b) {
        return ordered(b, a, true);
    }

    private static Object fitting(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : null;
    }

    private static boolean areWhole(Object a, Object b) {
        return a instanceof Long && b instanceof Long;
    }

    private static BigInteger big(Object value) {
        return BigInteger.valueOf((Long) value);
    }

    /**
     * The sum of numbers, or two texts or lists as one.
     *
     * @param a a value
     * @param b another value
     * @return the sum
     */
    public static Object add(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return x + y;
        }
        if (a instanceof Views.ListView x && b instanceof Views.ListView y) {
            List<Object> items = x.items();
            items.addAll(y.items());
            return new Views.ListView(items);
        }
        if (areWhole(a, b)) {
            return fitting(big(a).add(big(b)));
        }
        return a instanceof Double x && b instanceof Double y ? (Object) (x + y) : null;
    }

    /**
     * The difference of two numbers.
     *
     * @param a a value
     * @param b another value
     * @return the difference
     */
    public static Object subtract(Object a, Object b) {
        if (areWhole(a, b)) {
            return fitting(big(a).subtract(big(b)));
        }
        return a instanceof Double x && b instanceof Double y ? (Object) (x - y) : null;
    }

    /**
     * The product of two numbers.
     *
     * @param a a value
     * @param b another value
     * @return the product
     */
    public static Object multiply(Object a, Object b) {
        if (areWhole(a, b)) {
            return fitting(big(a).multiply(big(b)));
        }
        return a instanceof Double x && b instanceof Double y ? (Object) (x * y) : null;
    }

    /**
     * The quotient of two numbers.
     *
     * @param a a value
     * @param b another value
     * @return the quotient
     */
    public static Object divide(Object a, Object b) {
        if (areWhole(a, b)) {
            return (Long) b == 0 ? null : fitting(big(a).divide(big(b)));
        }
        return a instanceof Double x && b instanceof Double y ? (Object) (x / y) : null;
    }

    /**
     * What is left of a division of whole numbers.
     *
     * @param a a value
     * @param b another value
     * @return the remainder
     */
    public static Object remainder(Object a, Object b) {
        return areWhole(a, b) && divide(a, b) != null ? (Object) ((Long) a % (Long) b) : null;
    }

    /**
     * The number with the other sign.
     *
     * @param a a number
     * @return the number
     */
    public static Object negate(Object a) {
        if (a instanceof Long) {
            return fitting(big(a).negate());
        }
        if (a instanceof Double number) {
            return -number;
        }
        return null;
    }

    /** The items of a list or the keys of a map. */
    private static List<?> items(Object of) {
        if (of instanceof Views.ListView list) {
            return list.items();
        }
        return of instanceof Views.MapView map ? map.keys() : List.of();
    }

    /**
     * A list of values; no value if one of them is none.
     *
     * @param values the values
     * @return the list
     */
    public static Object list(Object... values) {
        List<Object> items = new ArrayList<>();
        for (Object value : values) {
            if (value == null) {
                return null;
            }
            items.add(value);
        }
        return new Views.ListView(items);
    }

    /**
     * Whether a value is in a list or a key in a map.
     *
     * @param item a value
     * @param of a list or map
     * @return a truth value
     */
    public static Object in(Object item, Object of) {
        if (item == null || of == null) {
            return null;
        }
        return items(of).stream().anyMatch(one -> Boolean.TRUE.equals(equal(one, item)));
    }

    /**
     * An item of a list or an entry of a map.
     *
     * @param of a list or map
     * @param at a place or key
     * @return the value
     */
    public static Object index(Object of, Object at) {
        if (of instanceof Views.ListView list) {
            boolean there = at instanceof Long place && place >= 0 && place < list.size();
            return there ? Views.notNull(list.get(((Long) at).intValue())) : null;
        }
        return of instanceof Views.MapView map && at instanceof String key ? Views.notNull(map.get(key)) : null;
    }

    /**
     * How many characters a text or entries a list or map has.
     *
     * @param of a text, list or map
     * @return the count
     */
    public static Object size(Object of) {
        if (of instanceof String text) {
            return (long) Texts.characters(text);
        }
        return of instanceof Views.ListView || of instanceof Views.MapView ? (Object) (long) items(of).size() : null;
    }

    private static Object texts(Object a, Object b, BiPredicate<String, String> test) {
        return a instanceof String x && b instanceof String y ? (Object) test.test(x, y) : null;
    }

    /**
     * Whether a text starts with another one.
     *
     * @param a a text
     * @param b another text
     * @return a truth value
     */
    public static Object startsWith(Object a, Object b) {
        return texts(a, b, String::startsWith);
    }

    /**
     * Whether a text ends with another one.
     *
     * @param a a text
     * @param b another text
     * @return a truth value
     */
    public static Object endsWith(Object a, Object b) {
        return texts(a, b, String::endsWith);
    }

    /**
     * Whether a text stands in another one.
     *
     * @param a a text
     * @param b another text
     * @return a truth value
     */
    public static Object contains(Object a, Object b) {
        return texts(a, b, String::contains);
    }

    /**
     * Whether a regular expression matches somewhere in a text.
     *
     * @param a a text
     * @param b another text
     * @return a truth value
     */
    public static Object matches(Object a, Object b) {
        return texts(a, b, (text, pattern) -> Portable.matches(pattern, text));
    }

    /**
     * False as soon as the test is false for one item.
     *
     * @param of a list or map
     * @param test the test
     * @return a truth value
     */
    public static Object all(Object of, UnaryOperator<Object> test) {
        if (of == null) {
            return null;
        }
        Object result = true;
        for (Object item : items(of)) {
            Object holds = test.apply(item);
            if (Boolean.FALSE.equals(holds)) {
                return false;
            }
            if (!Boolean.TRUE.equals(holds)) {
                result = null;
            }
        }
        return result;
    }

    /**
     * True as soon as the test is true for one item.
     *
     * @param of a list or map
     * @param test the test
     * @return a truth value
     */
    public static Object exists(Object of, UnaryOperator<Object> test) {
        return not(all(of, item -> not(test.apply(item))));
    }

    /**
     * Whether the test is true for exactly one item.
     *
     * @param of a list or map
     * @param test the test
     * @return a truth value
     */
    public static Object existsOne(Object of, UnaryOperator<Object> test) {
        return filter(of, test) instanceof Views.ListView kept ? (Object) (kept.size() == 1) : null;
    }

    /**
     * The items for which the test is true.
     *
     * @param of a list or map
     * @param test the test
     * @return the list
     */
    public static Object filter(Object of, UnaryOperator<Object> test) {
        if (of == null) {
            return null;
        }
        List<Object> kept = new ArrayList<>();
        for (Object item : items(of)) {
            if (!(test.apply(item) instanceof Boolean holds)) {
                return null;
            }
            if (holds) {
                kept.add(item);
            }
        }
        return new Views.ListView(kept);
    }

    /**
     * The results for the items.
     *
     * @param of a list or map
     * @param result what becomes of an item
     * @return the list
     */
    public static Object map(Object of, UnaryOperator<Object> result) {
        return of == null ? null : list(items(of).stream().map(item -> result.apply(item)).toArray());
    }

    private static Magnitude magnitude(Object of, Dialect dialect) {
        return of instanceof String text ? dialect.parse(text).magnitude() : null;
    }

    /**
     * The nanoseconds that a text says.
     *
     * @param of a text
     * @param dialect its grammar
     * @return the number
     */
    public static Object nanos(Object of, Dialect dialect) {
        Magnitude found = magnitude(of, dialect);
        return found != null && found.kind() == Magnitude.Kind.NANOSECONDS ? fitting(found.exact()) : null;
    }

    /**
     * A size or rate in whole bytes, or a whole number.
     *
     * @param of a text
     * @param dialect its grammar
     * @return the number
     */
    public static Object whole(Object of, Dialect dialect) {
        Magnitude found = magnitude(of, dialect);
        if (found == null) {
            return null;
        }
        if (dialect == Dialect.INTEGER_GO) {
            return fitting(found.exact());
        }
        Double value = found.value();
        boolean fits = value != null && value >= -0x1p63 && value < 0x1p63;
        return fits ? (Object) value.longValue() : null;
    }

    /**
     * A percentage or quantity.
     *
     * @param of a text
     * @param dialect its grammar
     * @return the number
     */
    public static Object number(Object of, Dialect dialect) {
        Magnitude found = magnitude(of, dialect);
        return found == null ? null : found.value();
    }
}
