import java.util.List;

/** What the schema says of a field. */
public final class Field {
    Type type;
    String wire = "";
    boolean required;
    boolean nullable;
    Default known;
    List<Limit> limits = List.of();
    Shape entries;
    boolean structureOnly;
    List<String> aliases = List.of();
    Deprecation deprecated;
    Normalize normalize;
    boolean sensitive;

    /** Says nothing yet. */
    public Field() {}

    /**
     * The key in documents.
     *
     * @param value what it says
     * @return this
     */
    public Field wire(String value) {
        wire = value;
        return this;
    }

    /**
     * Whether a document must say it.
     *
     * @param value what it says
     * @return this
     */
    public Field required(boolean value) {
        required = value;
        return this;
    }

    /**
     * Whether null is a value.
     *
     * @param value what it says
     * @return this
     */
    public Field nullable(boolean value) {
        nullable = value;
        return this;
    }

    /**
     * What a platform fills in.
     *
     * @param value what it says
     * @return this
     */
    public Field defaultsTo(Default value) {
        known = value;
        return this;
    }

    /**
     * The limits of the value.
     *
     * @param values what it says
     * @return this
     */
    public Field limits(Limit... values) {
        this.limits = List.of(values);
        return this;
    }

    /**
     * What items or map values may be.
     *
     * @param value what it says
     * @return this
     */
    public Field entries(Shape value) {
        entries = value;
        return this;
    }

    /**
     * Whether admission never looks.
     *
     * @param value what it says
     * @return this
     */
    public Field structureOnly(boolean value) {
        structureOnly = value;
        return this;
    }

    /**
     * Former keys.
     *
     * @param values what it says
     * @return this
     */
    public Field aliases(String... values) {
        this.aliases = List.of(values);
        return this;
    }

    /**
     * What to use instead.
     *
     * @param value what it says
     * @return this
     */
    public Field deprecated(Deprecation value) {
        deprecated = value;
        return this;
    }

    /**
     * How admission sees a text.
     *
     * @param value what it says
     * @return this
     */
    public Field normalize(Normalize value) {
        normalize = value;
        return this;
    }

    /**
     * Whether the value must not be shown.
     *
     * @param value what it says
     * @return this
     */
    public Field sensitive(boolean value) {
        sensitive = value;
        return this;
    }

    Shape shape() {
        Shape shape = new Shape();
        shape.limits = limits;
        shape.entries = entries;
        return shape;
    }

    /** What a layer fills in; null if nothing. */
    Default filledBy(Layer layer) {
        boolean fills = known != null && (known.layer == Layer.STRUCTURE || layer == Layer.ADMISSION);
        return fills ? known : null;
    }

    boolean mendsEmpty(Layer layer) {
        Default filled = filledBy(layer);
        return filled != null && filled.fillEmpty;
    }

    /** Whether a document without it is not complete. */
    boolean isNeeded() {
        return required && filledBy(Layer.STRUCTURE) == null;
    }

    /** The enum that the value is of; null if it is none. */
    Choice choice() {
        for (Limit limit : limits) {
            if (limit.kind == Limit.Kind.ENUM) {
                return limit.choice;
            }
        }
        return null;
    }
}
