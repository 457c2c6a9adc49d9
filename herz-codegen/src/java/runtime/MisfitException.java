import java.util.List;
import java.util.stream.Collectors;

/** A value does not fit its type. */
public final class MisfitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> found;

    /**
     * Tells what does not fit.
     *
     * @param found everything that was found
     */
    public MisfitException(List<Violation> found) {
        super(found.stream()
                .filter(one -> one.level() == Level.ERROR)
                .map(Violation::toString)
                .collect(Collectors.joining("; ")));
        this.found = List.copyOf(found);
    }

    /**
     * Everything that was found, warnings included.
     *
     * @return the findings
     */
    public List<Violation> found() {
        return found;
    }
}
