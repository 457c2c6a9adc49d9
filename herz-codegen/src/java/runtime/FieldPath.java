import java.util.List;

/**
 * A way to values, from an object.
 *
 * @param steps keys, and {@code []} for every item of a list or value of a map
 */
public record FieldPath(List<String> steps) {
    /** The step that stands for every item of a list or value of a map. */
    static final String EACH = "[]";

    /**
     * A path.
     *
     * @param steps its steps
     * @return the path
     */
    public static FieldPath of(String... steps) {
        return new FieldPath(List.of(steps));
    }

    /** A path as messages have it. */
    static String words(List<String> steps) {
        StringBuilder out = new StringBuilder();
        for (String step : steps) {
            out.append(out.length() > 0 && !step.equals(EACH) ? "." : "").append(step);
        }
        return out.toString();
    }
}
