import java.util.List;

/** What ends a fault that lasts. Paths start at the document's root. */
public final class Lasting {
    List<String> duration = List.of();
    List<String> tag = List.of();
    List<String> once = List.of();

    /** Says nothing yet. */
    public Lasting() {}

    /**
     * The path to the duration.
     *
     * @param values what it says
     * @return this
     */
    public Lasting duration(String... values) {
        this.duration = List.of(values);
        return this;
    }

    /**
     * The path to the tag.
     *
     * @param values what it says
     * @return this
     */
    public Lasting tag(String... values) {
        this.tag = List.of(values);
        return this;
    }

    /**
     * Values of the tag whose faults end by themselves.
     *
     * @param values what it says
     * @return this
     */
    public Lasting once(String... values) {
        this.once = List.of(values);
        return this;
    }
}
