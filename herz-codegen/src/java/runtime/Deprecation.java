/** What to use instead of something, and since when. */
public final class Deprecation {
    String name = "";
    String since = "";
    String instead = "";
    String note = "";

    /** Says nothing yet. */
    public Deprecation() {}

    /**
     * The value, for values of enums.
     *
     * @param value what it says
     * @return this
     */
    public Deprecation name(String value) {
        name = value;
        return this;
    }

    /**
     * The release.
     *
     * @param value what it says
     * @return this
     */
    public Deprecation since(String value) {
        since = value;
        return this;
    }

    /**
     * What to use.
     *
     * @param value what it says
     * @return this
     */
    public Deprecation instead(String value) {
        instead = value;
        return this;
    }

    /**
     * A remark.
     *
     * @param value what it says
     * @return this
     */
    public Deprecation note(String value) {
        note = value;
        return this;
    }
}
