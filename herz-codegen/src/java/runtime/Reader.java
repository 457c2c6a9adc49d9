import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads objects. It is strict about types ("5" is no number) and tolerant about what a later release may bring:
 * unknown keys and unknown values of enums are kept, and validation reports them. Collects everything that does not
 * fit; what does not fit is read as null.
 */
final class Reader {
    private final List<Violation> found = new ArrayList<>();
    private final List<Object> path = new ArrayList<>();
    private boolean lenientNull;
    private int hidden;

    private Reader() {}

    static <T extends Model> Reading<T> read(Supplier<T> make, Object value) {
        Reader reader = new Reader();
        T made = make.get();
        boolean fits = reader.object(made, value) && !Violation.hasErrors(reader.found);
        return new Reading<>(fits ? made : null, reader.found);
    }

    /** Whatever a program put together is read again first: Java's types say less than the schema's. */
    static List<Violation> validate(Model model) {
        Reader reader = new Reader();
        Model again = model.fresh();
        if (!reader.object(again, model) || Violation.hasErrors(reader.found)) {
            return reader.found;
        }
        List<Violation> all = new ArrayList<>(reader.found);
        all.addAll(Judge.judge(again));
        return all;
    }

    private void report(String code, Level level, String message) {
        found.add(new Violation(code, level, List.copyOf(path), message));
    }

    private void reportUnder(String key, String code, Level level, String message) {
        path.add(key);
        report(code, level, message);
        path.remove(path.size() - 1);
    }

    private Object under(Object step, Type type, Object value) {
        path.add(step);
        Object read = value(type, value);
        path.remove(path.size() - 1);
        return read;
    }

    private Object wrongType(Object value, String wanted) {
        Object last = path.isEmpty() ? null : path.get(path.size() - 1);
        if (value == null && last != null) {
            report(Codes.NULL, Level.ERROR, last instanceof String key ? Messages.nullValue(key) : Messages.nullItem());
        } else {
            report(Codes.WRONG_TYPE, Level.ERROR, Messages.wrongType(wanted, words(value)));
        }
        return null;
    }

    private String words(Object value) {
        if (value == null) {
            return Messages.foundNull();
        }
        if (value instanceof List<?>) {
            return Messages.foundList();
        }
        if (value instanceof Map<?, ?>) {
            return Messages.foundMap();
        }
        if (hidden > 0) {
            return Messages.foundHidden();
        }
        Object number = Views.number(value);
        if (number instanceof Double one) {
            return Messages.foundFloat(Numbers.floatJson(one));
        }
        if (number != null) {
            return Messages.foundInt(number.toString());
        }
        if (value instanceof Boolean) {
            return Messages.foundBool(value.toString());
        }
        if (value instanceof String text) {
            return text.isEmpty() ? Messages.foundEmpty() : Messages.foundText(text);
        }
        return Messages.foundHidden();
    }

    /** Reads a value of a type; null if it does not fit, which is reported then. */
    private Object value(Type type, Object given) {
        if (type.kind == Type.Kind.OBJECT) {
            Model made = type.make.get();
            return object(made, given) ? made : null;
        }
        Object value = Views.raw(given);
        return switch (type.kind) {
            case BOOL -> value instanceof Boolean ? value : wrongType(value, Messages.WANTED_BOOL);
            case TEXT -> value instanceof String text ? type.text.apply(text) : wrongType(value, Messages.WANTED_TEXT);
            case FLOAT -> value instanceof Number number
                    ? (Object) number.doubleValue()
                    : wrongType(value, Messages.WANTED_FLOAT);
            case INT -> integer(type, value);
            case INT_OR_TEXT -> either(value);
            case ANY -> value;
            case ANY_OBJECT -> value instanceof Map<?, ?> ? value : wrongType(value, Messages.WANTED_MAP);
            case LIST -> list(type.of, value);
            case MAP -> map(type.of, value);
            case OBJECT -> throw new IllegalStateException("objects are read above");
        };
    }

    private Object either(Object value) {
        if (value instanceof String text) {
            return IntOrString.of(text);
        }
        return Views.number(value) instanceof Long number
                ? IntOrString.of(number)
                : wrongType(value, Messages.WANTED_INT_OR_TEXT);
    }

    private static BigInteger whole(Object value) {
        Object number = Views.number(value);
        if (number instanceof Double one) {
            boolean whole = Math.rint(one) == one && Math.abs(one) <= Numbers.EXACT;
            return whole ? BigInteger.valueOf(one.longValue()) : null;
        }
        return number instanceof Long one ? BigInteger.valueOf(one) : (BigInteger) number;
    }

    private Object integer(Type type, Object value) {
        BigInteger whole = whole(value);
        if (whole == null) {
            return wrongType(value, Messages.WANTED_INT);
        }
        int bits = type.bits;
        boolean fits = type.signed ? whole.bitLength() < bits : whole.signum() >= 0 && whole.bitLength() <= bits;
        if (!fits) {
            String shown = hidden > 0 ? null : whole.toString();
            String width = String.valueOf(bits);
            String message = type.signed ? Messages.outOfSigned(shown, width) : Messages.outOfUnsigned(shown, width);
            report(Codes.OUT_OF_RANGE, Level.ERROR, message);
            return null;
        }
        if (bits < 32 || (bits == 32 && type.signed)) {
            return whole.intValue();
        }
        return bits < 64 || type.signed ? (Object) whole.longValue() : whole;
    }

    private Object list(Type of, Object value) {
        if (!(value instanceof List<?> items)) {
            return wrongType(value, Messages.WANTED_LIST);
        }
        List<Object> read = new ArrayList<>(items.size());
        for (Object item : items) {
            read.add(under(read.size(), of, item));
        }
        return read;
    }

    private Object map(Type of, Object value) {
        if (!(value instanceof Map<?, ?> entries)) {
            return wrongType(value, Messages.WANTED_MAP);
        }
        Map<String, Object> read = new LinkedHashMap<>();
        for (String key : new Views.MapView(entries).keys()) {
            Object entry = entries.get(key);
            // Where anything may stand, null is a value.
            if (entry == null && lenientNull && of.kind != Type.Kind.ANY) {
                reportUnder(key, Codes.NULL, Level.WARNING, Messages.nullValue(key));
            } else {
                read.put(key, under(key, of, entry));
            }
        }
        return read;
    }

    /** Reads an object; false if the value is none. */
    private boolean object(Model made, Object given) {
        Object value = Views.raw(given);
        if (!(value instanceof Map<?, ?> entries)) {
            wrongType(value, Messages.WANTED_MAP);
            return false;
        }
        Table table = made.table();
        for (int at = 0; at < table.fields.size(); at++) {
            made.put(at, field(table, table.fields.get(at), entries));
        }
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            String key = (String) entry.getKey();
            if (!isField(table, key, entries)) {
                made.unknown().put(key, entry.getValue());
            }
        }
        return true;
    }

    private Object field(Table table, Field field, Map<?, ?> entries) {
        String key = find(field, entries);
        Object raw = key == null ? null : entries.get(key);
        if (raw == null && key != null && field.nullable) {
            return Special.NULL;
        }
        if (raw == null) {
            if (key != null && !(table.lenientNull && field.isNeeded())) {
                Level level = table.lenientNull ? Level.WARNING : Level.ERROR;
                reportUnder(key, Codes.NULL, level, Messages.nullValue(field.wire));
            } else if (field.isNeeded()) {
                reportUnder(field.wire, Codes.MISSING_FIELD, Level.ERROR, Messages.missingField(field.wire));
            }
            return null;
        }
        lenientNull = table.lenientNull;
        hidden += field.sensitive ? 1 : 0;
        Object read = under(key, field.type, raw);
        hidden -= field.sensitive ? 1 : 0;
        // `apiVersion` and `kind` of a document are what its type says.
        List<String> constant = table.document && !field.limits.isEmpty() ? field.limits.get(0).values : List.of();
        if (!constant.isEmpty() && read instanceof String text && !constant.contains(text)) {
            reportUnder(field.wire, Codes.NOT_ALLOWED, Level.ERROR, Messages.notAllowed(text, constant));
        }
        return read;
    }

    /** The key under which a field stands: its own, or a former one. */
    private String find(Field field, Map<?, ?> entries) {
        if (entries.containsKey(field.wire)) {
            return field.wire;
        }
        for (String alias : field.aliases) {
            if (entries.containsKey(alias)) {
                reportUnder(alias, Codes.FORMER_NAME, Level.WARNING, Messages.formerName(alias, field.wire));
                return alias;
            }
        }
        return null;
    }

    private static boolean isField(Table table, String key, Map<?, ?> entries) {
        return table.find(key) >= 0
                || table.fields.stream()
                        .anyMatch(field -> field.aliases.contains(key) && !entries.containsKey(field.wire));
    }

    /** Reads a document of one of these kinds. */
    static Reading<Document> document(List<Kind> kinds, Object value) {
        Reader reader = new Reader();
        Kind kind = reader.kindOf(kinds, value);
        if (kind == null) {
            return new Reading<>(null, reader.found);
        }
        Reading<? extends Document> reading = read(kind.make(), value);
        return new Reading<>(reading.value(), reading.found());
    }

    private String head(Map<?, ?> entries, String key) {
        if (!entries.containsKey(key)) {
            reportUnder(key, Codes.MISSING_FIELD, Level.ERROR, Messages.missingField(key));
            return null;
        }
        return (String) under(key, Type.TEXT, entries.get(key));
    }

    private static String groupOf(String version) {
        int at = version.indexOf('/');
        return at < 0 ? "" : version.substring(0, at);
    }

    /** Which of these kinds a document is; null if it is none, which is reported then. */
    private Kind kindOf(List<Kind> kinds, Object value) {
        if (!(value instanceof Map<?, ?> entries)) {
            report(Codes.WRONG_TYPE, Level.ERROR, Messages.wrongType(Messages.WANTED_MAP, words(value)));
            return null;
        }
        String version = head(entries, "apiVersion");
        String name = head(entries, "kind");
        if (version == null || name == null) {
            return null;
        }
        List<String> sameKind = new ArrayList<>();
        List<String> sameGroup = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Kind kind : kinds) {
            boolean same = kind.kind().equals(name);
            if (same && kind.apiVersion().equals(version)) {
                return kind;
            }
            if (same) {
                sameKind.add(kind.apiVersion());
            }
            if (groupOf(kind.apiVersion()).equals(groupOf(version))) {
                sameGroup.add(kind.kind());
            }
            if (all.isEmpty() || !all.get(all.size() - 1).equals(kind.apiVersion())) {
                all.add(kind.apiVersion());
            }
        }
        if (!sameKind.isEmpty()) {
            reportUnder("apiVersion", Codes.API_VERSION, Level.ERROR, Messages.notAllowed(version, sameKind));
        } else if (!sameGroup.isEmpty()) {
            reportUnder("kind", Codes.UNKNOWN_KIND, Level.ERROR, Messages.notAllowed(name, sameGroup));
        } else {
            reportUnder("apiVersion", Codes.API_VERSION, Level.ERROR, Messages.notAllowed(version, all));
        }
        return null;
    }
}
