import java.util.List;

/**
 * One thing that is wrong with a value.
 *
 * @param code what kind of thing is wrong, one of {@link Codes}; a code never changes its meaning
 * @param level how bad it is
 * @param path where it is, from the root of what was validated: keys ({@link String}) and places in lists
 *     ({@link Integer})
 * @param message one sentence: what was found and what is allowed
 */
public record Violation(String code, Level level, List<Object> path, String message) {
    /**
     * The path as one text.
     *
     * @return such as {@code spec.templates[1].networkChaos}
     */
    public String pathText() {
        StringBuilder out = new StringBuilder();
        for (Object step : path) {
            if (step instanceof Integer at) {
                out.append('[').append(at).append(']');
            } else {
                String key = (String) step;
                if (Texts.isPlain(key)) {
                    out.append(out.length() > 0 ? "." : "").append(key);
                } else {
                    out.append('[').append(Texts.debug(key)).append(']');
                }
            }
        }
        return out.toString();
    }

    /**
     * Whether there is something that a platform would refuse.
     *
     * @param found findings
     * @return true if one of them is an error
     */
    public static boolean hasErrors(List<Violation> found) {
        return found.stream().anyMatch(one -> one.level == Level.ERROR);
    }

    /** Path, message and code on one line. */
    @Override
    public String toString() {
        return pathText() + ": " + message + " [" + code + "]";
    }
}
