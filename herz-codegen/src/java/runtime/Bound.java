/** One end of a range. */
public final class Bound {
    double value;
    String text = "";
    boolean exclusive;

    /** Says nothing yet. */
    public Bound() {}

    /**
     * The number.
     *
     * @param value what it says
     * @return this
     */
    public Bound value(double value) {
        this.value = value;
        return this;
    }

    /**
     * The number as the schema has it.
     *
     * @param value what it says
     * @return this
     */
    public Bound text(String value) {
        text = value;
        return this;
    }

    /**
     * Whether the number itself is outside.
     *
     * @param value what it says
     * @return this
     */
    public Bound exclusive(boolean value) {
        exclusive = value;
        return this;
    }
}
