import java.util.List;
import java.util.function.Supplier;

/**
 * What reading gave.
 *
 * @param <T> the type that was read
 * @param value the value; null if a finding is an error
 * @param found what was found, errors and warnings
 */
public record Reading<T>(T value, List<Violation> found) {
    /**
     * Reads an object.
     *
     * @param <T> the type to read
     * @param make makes an empty object of the type
     * @param value a value as {@link Json#parse} gives it
     * @return the object, or what does not fit
     */
    public static <T extends Model> Reading<T> of(Supplier<T> make, Object value) {
        return Reader.read(make, value);
    }

    /**
     * The value.
     *
     * @return the value, never null
     * @throws MisfitException if it does not fit
     */
    public T orThrow() {
        if (value == null) {
            throw new MisfitException(found);
        }
        return value;
    }
}
