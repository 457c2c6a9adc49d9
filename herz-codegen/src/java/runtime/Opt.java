import java.util.Objects;

/**
 * What a document says under a key where null is a value: nothing at all, null, or a value.
 *
 * @param <T> the type of the value
 */
public final class Opt<T> {
    private static final Opt<?> ABSENT = new Opt<>(false, null);
    private static final Opt<?> NULL = new Opt<>(true, null);

    private final boolean present;
    private final T value;

    private Opt(boolean present, T value) {
        this.present = present;
        this.value = value;
    }

    /**
     * The key is not there.
     *
     * @param <T> the type of the value
     * @return the absent value
     */
    @SuppressWarnings("unchecked")
    public static <T> Opt<T> absent() {
        return (Opt<T>) ABSENT;
    }

    /**
     * The key is there with null.
     *
     * @param <T> the type of the value
     * @return null, written out
     */
    @SuppressWarnings("unchecked")
    public static <T> Opt<T> ofNull() {
        return (Opt<T>) NULL;
    }

    /**
     * The key is there with a value.
     *
     * @param <T> the type of the value
     * @param value the value, not null
     * @return the value
     */
    public static <T> Opt<T> of(T value) {
        return new Opt<>(true, Objects.requireNonNull(value));
    }

    /**
     * Whether the key is there.
     *
     * @return true for null and for a value
     */
    public boolean isPresent() {
        return present;
    }

    /**
     * Whether null is written out.
     *
     * @return true for null only
     */
    public boolean isNull() {
        return present && value == null;
    }

    /**
     * The value.
     *
     * @return null if there is none
     */
    public T orNull() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Opt<?> opt && opt.present == present && Objects.equals(opt.value, value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(present, value);
    }

    @Override
    public String toString() {
        return present ? String.valueOf(value) : "absent";
    }
}
