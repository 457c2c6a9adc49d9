import java.util.List;

/** A field whose value decides which other fields make sense. */
public final class Union {
    /** What fields of other cases are. */
    public enum Foreign {
        /** Fine. */
        IGNORE,
        /** Something to warn of. */
        WARN,
        /** An error. */
        REFUSE
    }

    String tag = "";
    List<Case> cases = List.of();
    List<String> former = List.of();
    Foreign foreign;
    boolean selectedOnly;

    /** Says nothing yet. */
    public Union() {}

    /**
     * The key of the tag.
     *
     * @param value what it says
     * @return this
     */
    public Union tag(String value) {
        tag = value;
        return this;
    }

    /**
     * The cases.
     *
     * @param values what it says
     * @return this
     */
    public Union cases(Case... values) {
        this.cases = List.of(values);
        return this;
    }

    /**
     * Fields that only cases of other releases name.
     *
     * @param values what it says
     * @return this
     */
    public Union former(String... values) {
        this.former = List.of(values);
        return this;
    }

    /**
     * What fields of other cases are.
     *
     * @param value what it says
     * @return this
     */
    public Union foreign(Foreign value) {
        foreign = value;
        return this;
    }

    /**
     * Whether only fields of the case are judged.
     *
     * @param value what it says
     * @return this
     */
    public Union selectedOnly(boolean value) {
        selectedOnly = value;
        return this;
    }
}
