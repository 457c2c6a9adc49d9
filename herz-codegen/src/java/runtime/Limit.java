import java.util.List;

/** Something that limits a value. */
public final class Limit {
    /** What is limited. */
    public enum Kind {
        /** A number. */
        RANGE,
        /** The characters of a text. */
        LENGTH,
        /** The entries of a list or map. */
        ITEMS,
        /** A text, by a regular expression. */
        PATTERN,
        /** A number, by what it is a multiple of. */
        MULTIPLE_OF,
        /** The items of a list differ. */
        UNIQUE_ITEMS,
        /** The items of a list differ in some fields together; without fields, as a whole. */
        TOLD_APART,
        /** A value is not empty. */
        FILLED,
        /** A text, by its type's grammar. */
        SCALAR,
        /** A text, by an enum. */
        ENUM,
        /** A text of bytes. */
        BASE64,
        /** A text, by another grammar. */
        GRAMMAR,
        /** A text, by a list. */
        ONE_OF
    }

    Kind kind;
    Level level = Level.ERROR;
    Layer layer = Layer.STRUCTURE;
    Bound min;
    Bound max;
    Long least;
    Long most;
    String pattern = "";
    double step;
    Dialect dialect;
    boolean allowEmpty;
    Choice choice;
    List<String> values = List.of();

    /** Says nothing yet. */
    public Limit() {}

    /**
     * What is limited.
     *
     * @param value what it says
     * @return this
     */
    public Limit kind(Kind value) {
        kind = value;
        return this;
    }

    /**
     * How bad a breach is.
     *
     * @param value what it says
     * @return this
     */
    public Limit level(Level value) {
        level = value;
        return this;
    }

    /**
     * Who looks.
     *
     * @param value what it says
     * @return this
     */
    public Limit layer(Layer value) {
        layer = value;
        return this;
    }

    /**
     * The lower end.
     *
     * @param value what it says
     * @return this
     */
    public Limit min(Bound value) {
        min = value;
        return this;
    }

    /**
     * The upper end.
     *
     * @param value what it says
     * @return this
     */
    public Limit max(Bound value) {
        max = value;
        return this;
    }

    /**
     * The least count.
     *
     * @param value what it says
     * @return this
     */
    public Limit least(Long value) {
        least = value;
        return this;
    }

    /**
     * The greatest count.
     *
     * @param value what it says
     * @return this
     */
    public Limit most(Long value) {
        most = value;
        return this;
    }

    /**
     * The regular expression.
     *
     * @param value what it says
     * @return this
     */
    public Limit pattern(String value) {
        pattern = value;
        return this;
    }

    /**
     * What values are multiples of.
     *
     * @param value what it says
     * @return this
     */
    public Limit step(double value) {
        step = value;
        return this;
    }

    /**
     * Whose grammar a text follows.
     *
     * @param value what it says
     * @return this
     */
    public Limit dialect(Dialect value) {
        dialect = value;
        return this;
    }

    /**
     * Whether the empty text is fine.
     *
     * @param value what it says
     * @return this
     */
    public Limit allowEmpty(boolean value) {
        allowEmpty = value;
        return this;
    }

    /**
     * The enum.
     *
     * @param value what it says
     * @return this
     */
    public Limit choice(Choice value) {
        choice = value;
        return this;
    }

    /**
     * The values to choose from.
     *
     * @param values what it says
     * @return this
     */
    public Limit values(String... values) {
        this.values = List.of(values);
        return this;
    }
}
