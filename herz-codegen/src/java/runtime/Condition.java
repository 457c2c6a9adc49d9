import java.util.List;

/** When a rule counts. */
public final class Condition {
    /** What is asked. */
    public enum Test {
        /** One of the values is there. */
        IN,
        /** None of the values is there. */
        NOT_IN,
        /** Something is there. */
        PRESENT,
        /** Nothing is there. */
        ABSENT,
        /** Something that is not empty is there. */
        FILLED,
        /** Nothing, or something empty, is there. */
        EMPTY
    }

    List<String> field = List.of();
    Test test;
    List<Object> values = List.of();

    /** Says nothing yet. */
    public Condition() {}

    /**
     * The path to what is asked about.
     *
     * @param values what it says
     * @return this
     */
    public Condition field(String... values) {
        this.field = List.of(values);
        return this;
    }

    /**
     * What is asked.
     *
     * @param value what it says
     * @return this
     */
    public Condition test(Test value) {
        test = value;
        return this;
    }

    /**
     * The values to compare with.
     *
     * @param values what it says
     * @return this
     */
    public Condition values(Object... values) {
        this.values = List.of(values);
        return this;
    }
}
