/** A text is no JSON. */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Tells what is wrong.
     *
     * @param message what is wrong, with its place
     */
    public JsonException(String message) {
        super(message);
    }
}
