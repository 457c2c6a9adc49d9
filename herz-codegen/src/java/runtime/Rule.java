import java.util.List;
import java.util.function.UnaryOperator;

/** A rule across fields. */
public final class Rule {
    /** What a rule demands. */
    public enum Kind {
        /** Fields are there. */
        REQUIRES,
        /** Fields are not there. */
        FORBIDS,
        /** So many of the fields are there. */
        COUNT,
        /** An order of two fields. */
        COMPARE,
        /** Items differ. */
        UNIQUE,
        /** Names that are used are given. */
        REFERS_TO,
        /** References form no circle. */
        ACYCLIC,
        /** Fields do not change; one document can't break it. */
        IMMUTABLE,
        /** An expression is true. */
        CEL
    }

    String name = "";
    Kind kind;
    List<Condition> when = List.of();
    String whenWords = "";
    String message;
    Level level = Level.ERROR;
    Layer layer = Layer.STRUCTURE;
    List<FieldPath> fields = List.of();
    boolean filled;
    int min;
    boolean atMostOne;
    List<String> left = List.of();
    String op = "";
    List<String> right = List.of();
    List<String> list = List.of();
    String by;
    List<String> from = List.of();
    List<String> to = List.of();
    List<Condition> of = List.of();
    List<String> edges = List.of();
    String source = "";
    UnaryOperator<Object> holds;

    /** Says nothing yet. */
    public Rule() {}

    /**
     * The name of the rule.
     *
     * @param value what it says
     * @return this
     */
    public Rule name(String value) {
        name = value;
        return this;
    }

    /**
     * What it demands.
     *
     * @param value what it says
     * @return this
     */
    public Rule kind(Kind value) {
        kind = value;
        return this;
    }

    /**
     * When it counts.
     *
     * @param values what it says
     * @return this
     */
    public Rule when(Condition... values) {
        this.when = List.of(values);
        return this;
    }

    /**
     * When it counts, in words.
     *
     * @param value what it says
     * @return this
     */
    public Rule whenWords(String value) {
        whenWords = value;
        return this;
    }

    /**
     * What it says itself if it is broken.
     *
     * @param value what it says
     * @return this
     */
    public Rule message(String value) {
        message = value;
        return this;
    }

    /**
     * How bad a breach is.
     *
     * @param value what it says
     * @return this
     */
    public Rule level(Level value) {
        level = value;
        return this;
    }

    /**
     * Who looks.
     *
     * @param value what it says
     * @return this
     */
    public Rule layer(Layer value) {
        layer = value;
        return this;
    }

    /**
     * The fields that it is about.
     *
     * @param values what it says
     * @return this
     */
    public Rule fields(FieldPath... values) {
        this.fields = List.of(values);
        return this;
    }

    /**
     * Whether empty values do not count.
     *
     * @param value what it says
     * @return this
     */
    public Rule filled(boolean value) {
        filled = value;
        return this;
    }

    /**
     * How many must be there.
     *
     * @param value what it says
     * @return this
     */
    public Rule min(int value) {
        min = value;
        return this;
    }

    /**
     * Whether a second one is too much.
     *
     * @param value what it says
     * @return this
     */
    public Rule atMostOne(boolean value) {
        atMostOne = value;
        return this;
    }

    /**
     * The left side of a comparison.
     *
     * @param values what it says
     * @return this
     */
    public Rule left(String... values) {
        this.left = List.of(values);
        return this;
    }

    /**
     * How sides are compared.
     *
     * @param value what it says
     * @return this
     */
    public Rule op(String value) {
        op = value;
        return this;
    }

    /**
     * The right side of a comparison.
     *
     * @param values what it says
     * @return this
     */
    public Rule right(String... values) {
        this.right = List.of(values);
        return this;
    }

    /**
     * The list that it is about.
     *
     * @param values what it says
     * @return this
     */
    public Rule list(String... values) {
        this.list = List.of(values);
        return this;
    }

    /**
     * The field by which items differ.
     *
     * @param value what it says
     * @return this
     */
    public Rule by(String value) {
        by = value;
        return this;
    }

    /**
     * Where names are used.
     *
     * @param values what it says
     * @return this
     */
    public Rule from(String... values) {
        this.from = List.of(values);
        return this;
    }

    /**
     * Where names are given.
     *
     * @param values what it says
     * @return this
     */
    public Rule to(String... values) {
        this.to = List.of(values);
        return this;
    }

    /**
     * Which items use names.
     *
     * @param values what it says
     * @return this
     */
    public Rule of(Condition... values) {
        this.of = List.of(values);
        return this;
    }

    /**
     * From an item to the names that it uses.
     *
     * @param values what it says
     * @return this
     */
    public Rule edges(String... values) {
        this.edges = List.of(values);
        return this;
    }

    /**
     * The CEL expression.
     *
     * @param value what it says
     * @return this
     */
    public Rule source(String value) {
        source = value;
        return this;
    }

    /**
     * The CEL expression as code; null if it has no value.
     *
     * @param value what it says
     * @return this
     */
    public Rule holds(UnaryOperator<Object> value) {
        holds = value;
        return this;
    }

    String said(String generic) {
        return message == null ? generic : message;
    }
}
