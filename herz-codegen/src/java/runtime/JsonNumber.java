/**
 * A number of a document that a {@link Long} or {@link Double} can't hold, or would write as another text:
 * {@code 5.00}, {@code 1e3}, more digits than 64 bits have. The text is kept and written back.
 */
public final class JsonNumber extends Number {
    private static final long serialVersionUID = 1L;

    /** The number as JSON has it. */
    private final String text;

    /**
     * Keeps a text.
     *
     * @param text the number as JSON has it
     */
    public JsonNumber(String text) {
        this.text = text;
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public float floatValue() {
        return (float) doubleValue();
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonNumber number && number.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
