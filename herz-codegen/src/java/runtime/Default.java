/** What a platform fills in. */
public final class Default {
    Object value;
    boolean fillEmpty;
    Layer layer = Layer.STRUCTURE;

    /** Says nothing yet. */
    public Default() {}

    /**
     * The value, or {@link Special#GENERATED}.
     *
     * @param value what it says
     * @return this
     */
    public Default value(Object value) {
        this.value = value;
        return this;
    }

    /**
     * Whether it takes the place of an empty value, too.
     *
     * @param value what it says
     * @return this
     */
    public Default fillEmpty(boolean value) {
        fillEmpty = value;
        return this;
    }

    /**
     * Who fills it in.
     *
     * @param value what it says
     * @return this
     */
    public Default layer(Layer value) {
        layer = value;
        return this;
    }

    Object view() {
        return Views.item(value);
    }
}
