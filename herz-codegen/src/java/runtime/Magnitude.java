import java.math.BigInteger;

/**
 * How much a text says.
 *
 * @param kind what it is about
 * @param amount the amount in the unit of the kind; 0 if it is none
 * @param exact the amount where it is a whole number that is known exactly; null otherwise
 */
public record Magnitude(Kind kind, double amount, BigInteger exact) {
    /** What a text is about. */
    public enum Kind {
        /** No amount. */
        NONE,
        /** A span of time in nanoseconds. */
        NANOSECONDS,
        /** A moment in nanoseconds since 1970 in UTC. */
        MOMENT,
        /** Bytes. */
        SIZE,
        /** Bytes a second. */
        BYTES_PER_SECOND,
        /** Hundredths. */
        PERCENTAGE,
        /** A plain number. */
        NUMBER
    }

    static final Magnitude NONE = new Magnitude(Kind.NONE, 0, null);

    static Magnitude of(Kind kind, double amount) {
        return new Magnitude(kind, amount, null);
    }

    static Magnitude of(Kind kind, BigInteger exact) {
        return new Magnitude(kind, exact.doubleValue(), exact);
    }

    /**
     * The amount in the unit of its kind.
     *
     * @return null if the text is not about an amount
     */
    public Double value() {
        return kind == Kind.NONE ? null : (Double) amount;
    }

    /**
     * The order of two amounts of one unit.
     *
     * @param other another amount
     * @return less than, equal to or greater than 0; null for different units
     */
    public Integer compare(Magnitude other) {
        if (kind != other.kind || kind == Kind.NONE) {
            return null;
        }
        if (kind == Kind.NANOSECONDS || kind == Kind.MOMENT) {
            return exact.compareTo(other.exact);
        }
        if (Double.isNaN(amount) || Double.isNaN(other.amount)) {
            return null;
        }
        return amount < other.amount ? -1 : amount > other.amount ? 1 : 0;
    }
}
