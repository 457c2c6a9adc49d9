/**
 * How bad a finding is.
 */
public enum Level {
    /** The platform refuses the document, or it can't mean anything. */
    ERROR("error"),
    /** The platform takes the document but does something else than its author thinks. */
    WARNING("warning");

    private final String text;

    Level(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
