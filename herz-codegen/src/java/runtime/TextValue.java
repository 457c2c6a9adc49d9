import java.util.Objects;

/** A text with a meaning, kept as it was written. */
public abstract class TextValue {
    private final String text;

    /**
     * Keeps a text.
     *
     * @param text the text as it was written, not null
     */
    protected TextValue(String text) {
        this.text = Objects.requireNonNull(text);
    }

    /**
     * The text.
     *
     * @return the text as it was written
     */
    public final String text() {
        return text;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TextValue value && value.getClass() == getClass() && value.text.equals(text);
    }

    @Override
    public final int hashCode() {
        return text.hashCode();
    }

    @Override
    public final String toString() {
        return text;
    }
}
