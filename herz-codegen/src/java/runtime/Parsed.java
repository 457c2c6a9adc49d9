/**
 * What reading a text with a grammar gave.
 *
 * @param magnitude how much the text says; null if it is not well formed
 * @param message what is wrong, as one phrase that names the text; null if nothing is
 * @param allowed what is allowed, as one phrase; null if nothing is wrong
 */
public record Parsed(Magnitude magnitude, String message, String allowed) {
    /**
     * Whether the text is well formed.
     *
     * @return true if there is a magnitude
     */
    public boolean isOk() {
        return magnitude != null;
    }

    static Parsed of(Magnitude magnitude) {
        return new Parsed(magnitude, null, null);
    }

    static Parsed of(Magnitude.Kind kind, double amount) {
        return of(Magnitude.of(kind, amount));
    }

    static Parsed problem(String message) {
        return new Parsed(null, message, null);
    }

    /** What a check says that knows no amount: what is wrong, or null. */
    static Parsed checked(String problem) {
        return problem == null ? of(Magnitude.NONE) : problem(problem);
    }

    Parsed within(Dialect dialect) {
        return isOk() ? this : new Parsed(null, message, dialect.allowed());
    }
}
