/** A text with a grammar, kept as it was written. */
public abstract class ScalarText extends TextValue {
    private final Dialect dialect;

    /**
     * Keeps a text.
     *
     * @param dialect whose grammar it follows
     * @param text the text as it was written
     */
    protected ScalarText(Dialect dialect, String text) {
        super(text);
        this.dialect = dialect;
    }

    /**
     * Tells how much the text says, or why it is not well formed.
     *
     * @return what reading the text gave
     */
    public final Parsed parse() {
        return dialect.parse(text());
    }
}
