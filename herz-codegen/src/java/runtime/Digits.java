import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Digits, and what stands around them. */
final class Digits {
    private static final String BLANK =
            "\\t-\\r \\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";
    private static final Pattern BLANKS = Pattern.compile("[" + BLANK + "]+");
    private static final Pattern DECIMAL = Pattern.compile("(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)?");

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

    /** Digits, and the digits behind a point if there is one. */
    record Decimal(String whole, String fraction) {
        boolean isEmpty() {
            return whole.isEmpty() && fraction.isEmpty();
        }
    }

    /** Reads numbers and units in turn. Texts may be long: nothing is copied twice. */
    static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        boolean isAtEnd() {
            return at == text.length();
        }

        int place() {
            return at;
        }

        /** The text from a place. */
        String from(int place) {
            return text.substring(place);
        }

        Decimal decimal() {
            String whole = digits();
            boolean point = at < text.length() && text.charAt(at) == '.';
            at += point ? 1 : 0;
            return new Decimal(whole, point ? digits() : "");
        }

        private String digits() {
            int from = at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        /** What stands before the next digit or point. */
        String unit() {
            int from = at;
            while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
                at++;
            }
            return text.substring(from, at);
        }
    }

    /** Digits as a number; null if it has more of them than 64 bits need. */
    static BigInteger number(String digits) {
        String significant = significant(digits);
        return significant.length() > 20 ? null : new BigInteger("0" + significant);
    }

    /** Digits without the zeros at their start. */
    private static String significant(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return digits.substring(at);
    }

    /** The order of two whole numbers of any length. */
    static int compare(String a, String b) {
        String x = significant(a);
        String y = significant(b);
        return x.length() == y.length() ? x.compareTo(y) : x.length() - y.length();
    }

    /** Digits without the zeros at their end. */
    static String withoutZeros(String digits) {
        int end = digits.length();
        while (end > 0 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    /** A whole number as {@code strconv.Atoi}: a sign or none, decimal digits, 64 bits. Or a {@link Numbers.Fault}. */
    static Object atoi(String text) {
        String digits = withoutSign(text);
        if (!isDigits(digits)) {
            return Numbers.Fault.MALFORMED;
        }
        BigInteger value = number(digits);
        if (value == null) {
            return Numbers.Fault.TOO_BIG;
        }
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
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c == '\u212a' ? 'k' : c == '\u0130' ? 'i' : c);
        }
        return out.toString();
    }

    /** A text without the blanks around it. */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text, from)) {
            from++;
        }
        while (to > from && isBlank(text, to - 1)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(String text, int at) {
        return BLANKS.matcher(text).region(at, at + 1).matches();
    }

    /** The parts of a text between blanks. */
    static List<String> fields(String text) {
        return Arrays.stream(BLANKS.split(text, -1)).filter(part -> !part.isEmpty()).toList();
    }
}
