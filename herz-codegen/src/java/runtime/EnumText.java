/**
 * A value of an enum. Values that the schema does not know are kept and written back, and {@code validate} reports
 * them.
 */
public abstract class EnumText extends TextValue {
    /**
     * Keeps a value.
     *
     * @param text the value as documents have it
     */
    protected EnumText(String text) {
        super(text);
    }

    /**
     * Whether the schema knows the value.
     *
     * @return false for values of other releases
     */
    public abstract boolean isKnown();
}
