import java.util.List;

/** What a value of a tag asks for. */
public final class Case {
    String value = "";
    List<String> requires = List.of();
    boolean filled;
    List<String> allows = List.of();
    Level level = Level.ERROR;

    /** Says nothing yet. */
    public Case() {}

    /**
     * The value of the tag.
     *
     * @param value what it says
     * @return this
     */
    public Case value(String value) {
        this.value = value;
        return this;
    }

    /**
     * Fields that must be there.
     *
     * @param values what it says
     * @return this
     */
    public Case requires(String... values) {
        this.requires = List.of(values);
        return this;
    }

    /**
     * Whether empty values do not count.
     *
     * @param value what it says
     * @return this
     */
    public Case filled(boolean value) {
        filled = value;
        return this;
    }

    /**
     * Further fields of the case.
     *
     * @param values what it says
     * @return this
     */
    public Case allows(String... values) {
        this.allows = List.of(values);
        return this;
    }

    /**
     * How bad a breach is.
     *
     * @param value what it says
     * @return this
     */
    public Case level(Level value) {
        level = value;
        return this;
    }

    boolean names(String wire) {
        return requires.contains(wire) || allows.contains(wire);
    }
}
