import java.util.List;

/** The values of an enum. */
public final class Choice {
    List<String> values = List.of();
    boolean allowEmpty;
    List<String[]> gone = List.of();
    List<Deprecation> deprecated = List.of();

    /** Says nothing yet. */
    public Choice() {}

    /**
     * The known values.
     *
     * @param values what it says
     * @return this
     */
    public Choice values(String... values) {
        this.values = List.of(values);
        return this;
    }

    /**
     * Whether the empty text stands for none.
     *
     * @param value what it says
     * @return this
     */
    public Choice allowEmpty(boolean value) {
        allowEmpty = value;
        return this;
    }

    /**
     * Values of other releases, each with platform and release.
     *
     * @param values what it says
     * @return this
     */
    public Choice gone(String[]... values) {
        this.gone = List.of(values);
        return this;
    }

    /**
     * Values that should not be used any more.
     *
     * @param values what it says
     * @return this
     */
    public Choice deprecated(Deprecation... values) {
        this.deprecated = List.of(values);
        return this;
    }

    /**
     * Whether the schema knows a value.
     *
     * @param value a value
     * @return true if it is listed
     */
    public boolean knows(String value) {
        return values.contains(value) || (value.isEmpty() && allowEmpty);
    }
}
