import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Values as the validator sees them: null (the key is not there), {@link Special}, {@link Boolean}, {@link Long} (or
 * {@link BigInteger} beyond it), {@link Double}, {@link String}, {@link ListView}, {@link MapView}, {@link Model}.
 */
final class Views {
    private Views() {}

    /** A list of whatever. */
    static final class ListView {
        private final List<?> items;

        ListView(List<?> items) {
            this.items = items;
        }

        int size() {
            return items.size();
        }

        Object get(int at) {
            return item(items.get(at));
        }

        List<Object> items() {
            List<Object> views = new ArrayList<>(items.size());
            items.forEach(one -> views.add(item(one)));
            return views;
        }
    }

    /** A map with text keys. */
    static final class MapView {
        private final Map<?, ?> entries;
        private final List<String> keys = new ArrayList<>();

        MapView(Map<?, ?> entries) {
            this.entries = entries;
            entries.keySet().forEach(key -> keys.add((String) key));
            keys.sort(Texts::compare);
        }

        /** In ascending order. */
        List<String> keys() {
            return keys;
        }

        Object get(String key) {
            return entries.containsKey(key) ? item(entries.get(key)) : null;
        }
    }

    /** The view of a value that is there: null is JSON's null. */
    static Object item(Object value) {
        if (value == null) {
            return Special.NULL;
        }
        if (value instanceof Number) {
            return number(value);
        }
        if (value instanceof TextValue || value instanceof IntOrString) {
            return raw(value);
        }
        if (value instanceof List<?> list) {
            return new ListView(list);
        }
        return value instanceof Map<?, ?> map ? new MapView(map) : value;
    }

    /** A value as {@link Json#parse} would give it; lists and maps may hold other ones. */
    static Object raw(Object value) {
        if (value instanceof TextValue text) {
            return text.text();
        }
        if (value instanceof IntOrString either) {
            return either.text() == null ? (Object) either.number() : either.text();
        }
        if (value instanceof Model model) {
            return model.entries();
        }
        return value == Special.NULL ? null : value;
    }

    /** A whole number as {@link Long} or {@link BigInteger}, another one as {@link Double}; null if it is none. */
    static Object number(Object value) {
        if (value instanceof Long || value instanceof Double) {
            return value;
        }
        if (value instanceof BigInteger whole) {
            return Numbers.whole(whole);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Number number ? (Object) number.doubleValue() : null;
    }

    static Object notNull(Object view) {
        return view == Special.NULL ? null : view;
    }

    static boolean isFilled(Object view) {
        if (view instanceof ListView list) {
            return list.size() > 0;
        }
        if (view instanceof MapView map) {
            return !map.keys().isEmpty();
        }
        if (view instanceof Model model) {
            return !model.entries().isEmpty();
        }
        if (view instanceof Boolean truth) {
            return truth;
        }
        if (view instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (view instanceof String text) {
            return !text.isEmpty();
        }
        return view == Special.GENERATED;
    }

    private static boolean isComposed(Object view) {
        return view instanceof ListView || view instanceof MapView || view instanceof Model;
    }

    /** Whether two values are the same: numbers by value, objects by their fields. */
    static boolean same(Object a, Object b) {
        if (a == Special.GENERATED || b == Special.GENERATED) {
            return false;
        }
        if (a instanceof Number x && b instanceof Double y && !(a instanceof BigInteger)) {
            return x.doubleValue() == y;
        }
        if (a instanceof Double && b instanceof Long) {
            return same(b, a);
        }
        if (isComposed(a) && isComposed(b)) {
            return identity(a).equals(identity(b));
        }
        return a == null ? b == null : a.equals(b);
    }

    /** A text that is the same for equal values and different for different ones. */
    static String identity(Object view) {
        if (view instanceof ListView list) {
            StringBuilder out = new StringBuilder("[");
            list.items().forEach(one -> out.append(identity(one)).append(','));
            return out.append(']').toString();
        }
        if (view instanceof MapView map) {
            return identity(map.keys(), map::get);
        }
        if (view instanceof Model model) {
            MapView map = new MapView(model.entries());
            return identity(map.keys(), map::get);
        }
        if (view instanceof String text) {
            return Json.write(text);
        }
        if (view instanceof Double number) {
            return Numbers.floatJson(number);
        }
        return view instanceof Special ? "null" : String.valueOf(view);
    }

    private static String identity(List<String> keys, Function<String, Object> value) {
        StringBuilder out = new StringBuilder("{");
        keys.forEach(key -> out.append(Json.write(key)).append(':').append(identity(value.apply(key))).append(','));
        return out.append('}').toString();
    }

    /** A single value as messages show it; null for lists and objects. */
    static String shown(Object view) {
        if (view instanceof Double number) {
            return Numbers.floatText(number);
        }
        boolean single = view instanceof String || view instanceof Number || view instanceof Boolean;
        return single ? view.toString() : null;
    }
}
