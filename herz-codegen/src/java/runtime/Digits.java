import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Digits, and what stands around them. */
final class Digits {
    private static final String BLANK =
            "\\t-\\r \\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";
    private static final Pattern ENDS = Pattern.compile("\\A[" + BLANK + "]+|[" + BLANK + "]+\\z");
    private static final Pattern BETWEEN = Pattern.compile("[" + BLANK + "]+");
    private static final Pattern DECIMAL = Pattern.compile("(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)?");
    private static final Pattern FRACTION = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?");

    private Digits() {}

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(Digits::isDigit);
    }

    static boolean isNegative(String text) {
        return text.startsWith("-");
    }

    static String withoutSign(String text) {
        return text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    }

    /** Takes a plain decimal number from the start of a text. */
    static Texts.Cut splitDecimal(String text) {
        Matcher found = DECIMAL.matcher(text);
        return Texts.cutAt(text, found.lookingAt() ? found.end() : 0);
    }

    /** Takes what stands before the next digit or point. */
    static Texts.Cut untilNumber(String text) {
        int at = 0;
        while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
            at++;
        }
        return Texts.cutAt(text, at);
    }

    /** Digits, the digits behind a point if there is one, and what follows. */
    record Split(String whole, String fraction, String rest) {}

    static Split splitFraction(String text) {
        Matcher found = FRACTION.matcher(text);
        if (!found.lookingAt()) {
            return new Split("", "", text);
        }
        String fraction = found.group(2);
        return new Split(found.group(1), fraction == null ? "" : fraction, text.substring(found.end()));
    }

    /** A whole number as {@code strconv.Atoi}: a sign or none, decimal digits, 64 bits. Or a {@link Numbers.Fault}. */
    static Object atoi(String text) {
        String digits = withoutSign(text);
        if (!isDigits(digits)) {
            return Numbers.Fault.MALFORMED;
        }
        BigInteger value = new BigInteger(digits);
        value = isNegative(text) ? value.negate() : value;
        return value.bitLength() < 64 ? (Object) value.longValue() : Numbers.Fault.TOO_BIG;
    }

    static Parsed integer(String text) {
        Object value = atoi(text);
        if (value instanceof Long whole) {
            return Parsed.of(Magnitude.of(Magnitude.Kind.NUMBER, BigInteger.valueOf(whole)));
        }
        String what = value == Numbers.Fault.TOO_BIG ? " is more than 64 bits" : " is no whole number";
        return Parsed.problem(Texts.quoteScalar(text) + what);
    }

    private static String outside(long status, String text) {
        return status < 1 || status > 999 ? "a status in " + Texts.quoteScalar(text) + " is not from 1 to 999" : null;
    }

    static Parsed statusCode(String text) {
        if (atoi(text) instanceof Long one) {
            String problem = outside(one, text);
            return problem == null ? Parsed.of(Magnitude.Kind.NUMBER, one) : Parsed.problem(problem);
        }
        Texts.Cut range = Texts.cut(text, "-");
        if (range.after() == null) {
            return Parsed.problem(Texts.quoteScalar(text) + " is no number and no range");
        }
        for (String part : List.of(range.before(), range.after())) {
            if (atoi(part) instanceof Long status) {
                String problem = outside(status, text);
                if (problem != null) {
                    return Parsed.problem(problem);
                }
            } else if (part.isEmpty()) {
                return Parsed.problem(Texts.quoteScalar(text) + " lacks an end of the range");
            } else {
                return Parsed.problem(Texts.quoteScalar(part) + " in " + Texts.quoteScalar(text) + " is no number");
            }
        }
        return Parsed.of(Magnitude.NONE);
    }

    /** The text in lower case, as far as the result is ASCII. */
    static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c == '\u212a' ? 'k' : c == '\u0130' ? 'i' : c);
        }
        return out.toString();
    }

    /** A text without the blanks around it. */
    static String trim(String text) {
        return ENDS.matcher(text).replaceAll("");
    }

    /** The parts of a text between blanks. */
    static List<String> fields(String text) {
        return Arrays.stream(BETWEEN.split(text, -1)).filter(part -> !part.isEmpty()).toList();
    }
}
