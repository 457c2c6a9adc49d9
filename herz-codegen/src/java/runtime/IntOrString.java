import java.util.Objects;

/** A whole number or a text, as Kubernetes has it for ports and amounts. */
public final class IntOrString {
    private final Object value;

    private IntOrString(Object value) {
        this.value = value;
    }

    /**
     * A number.
     *
     * @param number the number
     * @return the value
     */
    public static IntOrString of(long number) {
        return new IntOrString(number);
    }

    /**
     * A text.
     *
     * @param text the text, not null
     * @return the value
     */
    public static IntOrString of(String text) {
        return new IntOrString(Objects.requireNonNull(text));
    }

    /**
     * The number.
     *
     * @return null if it is a text
     */
    public Long number() {
        return value instanceof Long number ? number : null;
    }

    /**
     * The text.
     *
     * @return null if it is a number
     */
    public String text() {
        return value instanceof String text ? text : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntOrString one && one.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
