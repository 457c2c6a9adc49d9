import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What every generated object type is. Its fields may be null: then the key is not in the document. */
public abstract class Model {
    private final Table table;
    /** The values of fields in the order of the table; {@link Special#NULL} stands for null, written out. */
    private final Object[] slots;
    private final Map<String, Object> unknown = new LinkedHashMap<>();

    /**
     * An empty object.
     *
     * @param table what the schema says of the type
     */
    protected Model(Table table) {
        this.table = table;
        slots = new Object[table.fields.size()];
    }

    /**
     * Tells everything that is wrong, errors and warnings, in the order of the schema's fields; first of all what does
     * not fit the types at all.
     *
     * @return the findings
     */
    public final List<Violation> validate() {
        return Reader.validate(this);
    }

    /**
     * Writes the object on one line, unknown keys included.
     *
     * @return JSON
     */
    public final String toJson() {
        return Json.write(this);
    }

    /**
     * The keys that the schema does not know: kept, written back, reported by {@link #validate}.
     *
     * @return the values by key; may be changed
     */
    public final Map<String, Object> unknown() {
        return unknown;
    }

    /**
     * The value of a field.
     *
     * @param <T> the type of the value
     * @param at the place of the field in the table
     * @return null if there is none
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    protected final <T> T value(int at) {
        return slots[at] == Special.NULL ? null : (T) slots[at];
    }

    /**
     * What the document says of a field where null is a value.
     *
     * @param <T> the type of the value
     * @param at the place of the field in the table
     * @return nothing, null or the value
     */
    protected final <T> Opt<T> opt(int at) {
        T value = value(at);
        if (slots[at] == null) {
            return Opt.absent();
        }
        return value == null ? Opt.ofNull() : Opt.of(value);
    }

    /**
     * Sets a field.
     *
     * @param at the place of the field in the table
     * @param value the value; null takes the key out
     */
    protected final void put(int at, Object value) {
        slots[at] = value;
    }

    /**
     * Sets a field where null is a value.
     *
     * @param at the place of the field in the table
     * @param value nothing, null or the value
     */
    protected final void putOpt(int at, Opt<?> value) {
        slots[at] = value.isNull() ? Special.NULL : value.orNull();
    }

    /**
     * An empty object of the same type.
     *
     * @return the object
     */
    protected abstract Model fresh();

    final Table table() {
        return table;
    }

    /** The field at that place as the validator sees it. */
    final Object view(int at) {
        return slots[at] == null ? null : Views.item(slots[at]);
    }

    /** The field of that key as the validator sees it. */
    final Object named(String wire) {
        int at = table.find(wire);
        return at < 0 ? null : view(at);
    }

    /** The keys that the schema does not know, in ascending order. */
    final List<String> others() {
        List<String> keys = new ArrayList<>(unknown.keySet());
        keys.sort(Texts::compare);
        return keys;
    }

    /** The object as a map: fields in the order of the table, then unknown keys. */
    final Map<String, Object> entries() {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int at = 0; at < slots.length; at++) {
            if (slots[at] != null) {
                entries.put(table.fields.get(at).wire, slots[at] == Special.NULL ? null : slots[at]);
            }
        }
        unknown.forEach(entries::putIfAbsent);
        return entries;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Model model
                && model.getClass() == getClass()
                && Arrays.equals(model.slots, slots)
                && model.unknown.equals(unknown);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(Arrays.hashCode(slots), unknown);
    }

    /** JSON on one line. */
    @Override
    public final String toString() {
        return toJson();
    }
}
