import java.util.List;

/** What list items or map values may be, beyond their type. */
public final class Shape {
    static final Shape NONE = new Shape();

    List<Limit> limits = List.of();
    Shape entries;

    /** Says nothing yet. */
    public Shape() {}

    /**
     * The limits.
     *
     * @param values what it says
     * @return this
     */
    public Shape limits(Limit... values) {
        this.limits = List.of(values);
        return this;
    }

    /**
     * What items of items may be.
     *
     * @param value what it says
     * @return this
     */
    public Shape entries(Shape value) {
        entries = value;
        return this;
    }

    /** The dialect of the texts; null if they have no grammar. */
    Dialect dialect() {
        for (Limit limit : limits) {
            if (limit.kind == Limit.Kind.SCALAR) {
                return limit.dialect;
            }
        }
        return null;
    }

    Shape below() {
        return entries == null ? NONE : entries;
    }
}
