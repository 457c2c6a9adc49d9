import java.util.function.Function;
import java.util.function.Supplier;

/** The type of a field, as reader and validator see it. */
public final class Type {
    enum Kind {
        BOOL,
        FLOAT,
        TEXT,
        INT,
        INT_OR_TEXT,
        ANY,
        ANY_OBJECT,
        LIST,
        MAP,
        OBJECT
    }

    /** {@link Boolean}. */
    public static final Type BOOL = new Type(Kind.BOOL);

    /** {@link Double}. */
    public static final Type FLOAT = new Type(Kind.FLOAT);

    /** {@link String}. */
    public static final Type TEXT = text(text -> text);

    /** {@link IntOrString}. */
    public static final Type INT_OR_TEXT = new Type(Kind.INT_OR_TEXT);

    /** Whatever {@link Json#parse} gives. */
    public static final Type ANY = new Type(Kind.ANY);

    /** A map of whatever {@link Json#parse} gives. */
    public static final Type ANY_OBJECT = new Type(Kind.ANY_OBJECT);

    final Kind kind;
    Type of;
    int bits;
    boolean signed;
    Function<String, ?> text;
    Supplier<? extends Model> make;

    private Type(Kind kind) {
        this.kind = kind;
    }

    /**
     * A text with a meaning.
     *
     * @param of makes a value of a text
     * @return the type
     */
    public static Type text(Function<String, ?> of) {
        Type type = new Type(Kind.TEXT);
        type.text = of;
        return type;
    }

    /**
     * A whole number: {@link Integer} if that holds all of them, otherwise {@link Long}, or
     * {@link java.math.BigInteger} for 64 bits without a sign.
     *
     * @param bits how many bits hold it
     * @param signed whether it may be negative
     * @return the type
     */
    public static Type integer(int bits, boolean signed) {
        Type type = new Type(Kind.INT);
        type.bits = bits;
        type.signed = signed;
        return type;
    }

    /**
     * A list.
     *
     * @param of the type of its items
     * @return the type
     */
    public static Type list(Type of) {
        Type type = new Type(Kind.LIST);
        type.of = of;
        return type;
    }

    /**
     * A map with text keys.
     *
     * @param of the type of its values
     * @return the type
     */
    public static Type map(Type of) {
        Type type = new Type(Kind.MAP);
        type.of = of;
        return type;
    }

    /**
     * An object of a generated type.
     *
     * @param make makes an empty one
     * @return the type
     */
    public static Type object(Supplier<? extends Model> make) {
        Type type = new Type(Kind.OBJECT);
        type.make = make;
        return type;
    }
}
