import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and their texts. */
final class Numbers {
    /** Whole numbers up to here are exact as floats. */
    static final double EXACT = 9007199254740992.0;

    static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private static final Pattern GO =
            Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F_]*)(?:\\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9][0-9_]*)"
                    + "|([0-9_]*)(?:\\.([0-9_]*))?(?:[eE]([+-]?[0-9][0-9_]*))?)");

    private Numbers() {}

    /** A whole number as {@link Long} if it is one of 64 bits, otherwise as it is. */
    static Object whole(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    /** The number that a text of JSON says; null if it is out of range. */
    static Object fromText(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return null;
        }
        boolean plain = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        if (plain && !text.equals("-0")) {
            BigInteger whole = new BigInteger(text);
            boolean fits = whole.bitLength() < 64 || (whole.signum() > 0 && whole.bitLength() == 64);
            return fits ? whole(whole) : new JsonNumber(text);
        }
        return floatJson(value).equals(text) ? (Object) value : new JsonNumber(text);
    }

    /** The nearest text with the fewest digits that reads back to a number. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(Math.abs(value));
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == Math.abs(value)) {
                return rounded;
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }

    private static String sign(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    }

    /** A number in plain digits, however long. */
    static String floatText(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return sign(value) + "0";
        }
        return sign(value) + shortest(value).stripTrailingZeros().toPlainString();
    }

    /** The shortest text of a number that reads back to it; it shows that it is no whole one. */
    static String floatJson(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "null";
        }
        if (value == 0) {
            return sign(value) + "0.0";
        }
        BigDecimal number = shortest(value).stripTrailingZeros();
        String digits = number.unscaledValue().toString();
        int power = digits.length() - 1 - number.scale();
        if (power >= -5 && power < 16) {
            String plain = floatText(value);
            return plain.indexOf('.') >= 0 ? plain : plain + ".0";
        }
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return sign(value) + mantissa + "e" + (power > 0 ? "+" : "") + power;
    }

    /** Why a text is no number. */
    enum Fault {
        MALFORMED,
        TOO_BIG
    }

    /** A number as Go's {@code strconv.ParseFloat} reads it: a {@link Double} or a {@link Fault}. */
    static Object parseGo(String text, boolean single) {
        String small = text.replaceFirst("^[+-]", "");
        if (Texts.sameButCase(small, "inf") || Texts.sameButCase(small, "infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (Texts.sameButCase(text, "nan")) {
            return Double.NaN;
        }
        Matcher found = GO.matcher(text);
        if (!found.matches()) {
            return Fault.MALFORMED;
        }
        boolean hex = found.group(4) != null;
        String whole = strip(found.group(hex ? 2 : 5));
        String fraction = strip(found.group(hex ? 3 : 6));
        if (whole.isEmpty() && fraction.isEmpty()) {
            return Fault.MALFORMED;
        }
        String unsigned = text.substring(found.group(1).length());
        if (text.indexOf('_') >= 0 && !underscoresFit(unsigned, hex)) {
            return Fault.MALFORMED;
        }
        String number = (hex ? "0x" : "") + (whole.isEmpty() ? "0" : whole) + "." + (fraction.isEmpty() ? "0" : fraction)
                + (hex ? "p" : "e") + exponent(strip(found.group(hex ? 4 : 7)));
        double value = single ? Float.parseFloat(number) : Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            return Fault.TOO_BIG;
        }
        return found.group(1).equals("-") ? -value : value;
    }

    private static String strip(String part) {
        return part == null ? "" : part.replace("_", "");
    }

    /** Go stops counting at five digits, which is far outside of any format. */
    private static int exponent(String text) {
        int value = 0;
        for (char digit : text.replaceFirst("^[+-]", "").toCharArray()) {
            if (value < 10000) {
                value = value * 10 + (digit - '0');
            }
        }
        return text.startsWith("-") ? -value : value;
    }

    /** Whether each underscore stands between two digits (the prefix {@code 0x} counts as one). */
    private static boolean underscoresFit(String unsigned, boolean hex) {
        String digit = hex ? "[^0-9a-fA-F]" : "[^0-9]";
        String digits = hex ? "0" + unsigned.substring(2) : unsigned;
        return !Pattern.compile("(^|" + digit + ")_|_(" + digit + "|$)").matcher(digits).find();
    }
}
