import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the schema says of an object type. */
public final class Table {
    final String name;
    final List<Field> fields = new ArrayList<>();
    final List<Rule> rules = new ArrayList<>();
    Union union;
    Lasting lasting;
    boolean open;
    boolean lenientNull;
    boolean structureOnly;
    boolean document;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String[]> gone = new ArrayList<>();

    /**
     * A table without fields.
     *
     * @param name what the schema calls the type
     */
    public Table(String name) {
        this.name = name;
    }

    /**
     * What the schema calls the type.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Adds a field.
     *
     * @param type the type of its values
     * @param field what the schema says of it
     * @return this
     */
    public Table field(Type type, Field field) {
        field.type = type;
        places.putIfAbsent(field.wire, fields.size());
        fields.add(field);
        return this;
    }

    /**
     * Adds a rule.
     *
     * @param rule the rule
     * @return this
     */
    public Table rule(Rule rule) {
        rules.add(rule);
        return this;
    }

    /**
     * Sets what ties fields to a tag.
     *
     * @param value the union
     * @return this
     */
    public Table union(Union value) {
        union = value;
        return this;
    }

    /**
     * Sets what ends a fault that lasts.
     *
     * @param value where to look
     * @return this
     */
    public Table lasting(Lasting value) {
        lasting = value;
        return this;
    }

    /**
     * Adds a key of other releases, or a reserved one.
     *
     * @param key the key
     * @param since platform and release; empty for a reserved key
     * @return this
     */
    public Table gone(String key, String since) {
        gone.add(new String[] {key, since});
        return this;
    }

    /**
     * Unknown keys are fine.
     *
     * @return this
     */
    public Table open() {
        open = true;
        return this;
    }

    /**
     * The platform takes null for an absent key.
     *
     * @return this
     */
    public Table lenientNull() {
        lenientNull = true;
        return this;
    }

    /**
     * Admission never looks.
     *
     * @return this
     */
    public Table structureOnly() {
        structureOnly = true;
        return this;
    }

    /**
     * The object is a whole document.
     *
     * @return this
     */
    public Table document() {
        document = true;
        lenientNull = true;
        return this;
    }

    /** The place of a field; -1 if there is none. */
    int find(String wire) {
        return places.getOrDefault(wire, -1);
    }

    /** The field whose former key this is; null if there is none. */
    private Field formerly(String key) {
        for (Field field : fields) {
            if (field.aliases.contains(key)) {
                return field;
            }
        }
        return null;
    }

    /** What to say about a key: code and message. */
    record Said(String code, String message) {}

    /** What to say about a key that is no field. */
    Said unknown(String key) {
        Field field = formerly(key);
        if (field != null) {
            return new Said(Codes.FORMER_NAME, Messages.bothNames(key, field.wire));
        }
        for (String[] one : gone) {
            if (one[0].equals(key)) {
                return one[1].isEmpty()
                        ? new Said(Codes.GONE, Messages.reserved(key))
                        : new Said(Codes.GONE, goneMessage("field", key, one[1]));
            }
        }
        return new Said(Codes.UNKNOWN_FIELD, Messages.unknownField(key));
    }

    /** {@code since} is such as «chaos-mesh 2.8.0». */
    static String goneMessage(String what, String name, String since) {
        Texts.Cut parts = Texts.cutLast(since, " ");
        String platform = parts == null ? "" : parts.before();
        String until = parts == null ? since : parts.after();
        return Messages.gone(what, name, platform, until, "the newest release");
    }
}
