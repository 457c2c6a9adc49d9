import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Percentages, quantities and Docker's sizes. */
final class Amounts {
    private static final Pattern DOCKER = Pattern.compile("(?s)(.*[0-9. ])([^0-9. ]*)");
    private static final Map<String, Integer> DECIMAL_SUFFIXES = Map.of(
            "", 0, "n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final List<String> BINARY_SUFFIXES = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private Amounts() {}

    static Parsed percent(String text) {
        if (!text.endsWith("%")) {
            return Parsed.problem(Texts.quoteScalar(text) + " has no percent sign at its end");
        }
        Texts.Cut split = Digits.splitDecimal(text.substring(0, text.length() - 1));
        String decimal = split.before();
        boolean plain = !decimal.isEmpty() && split.after().isEmpty();
        if (!plain || decimal.startsWith(".") || decimal.endsWith(".")) {
            return Parsed.problem(Texts.quoteScalar(text) + " is no number with a percent sign");
        }
        Texts.Cut parts = Texts.cut(decimal, ".");
        String whole = parts.before().replaceFirst("^0+", "");
        String fraction = parts.after() == null ? "" : parts.after();
        boolean fits = whole.length() < 3 || (whole.equals("100") && fraction.matches("0*"));
        double value = Double.parseDouble(decimal);
        if (!fits || value > 100) {
            return Parsed.problem(Texts.quoteScalar(text) + " is more than 100%");
        }
        return Parsed.of(Magnitude.Kind.PERCENTAGE, value);
    }

    static Parsed percentGo(String text) {
        Object value = Numbers.parseGo(text, true);
        if (value == Numbers.Fault.TOO_BIG) {
            return Parsed.problem(Texts.quoteScalar(text) + " is too big for a 32-bit number");
        }
        if (value == Numbers.Fault.MALFORMED) {
            String what = text.endsWith("%") ? " has a percent sign" : " is no number";
            return Parsed.problem(Texts.quoteScalar(text) + what);
        }
        return Parsed.of(Magnitude.Kind.PERCENTAGE, (Double) value);
    }

    static Parsed percentChaosd(String text, boolean zero) {
        Parsed read = percentGo(text);
        if (!read.isOk()) {
            return read;
        }
        double value = read.magnitude().amount();
        if (zero && value < 0) {
            return Parsed.problem(Texts.quoteScalar(text) + " is less than 0");
        }
        if (!zero && value <= 0) {
            return Parsed.problem(Texts.quoteScalar(text) + " is not over 0");
        }
        return value > 100 ? Parsed.problem(Texts.quoteScalar(text) + " is more than 100") : read;
    }

    static Parsed dockerSize(String text) {
        if (text.endsWith("%")) {
            if (!(Digits.atoi(text.substring(0, text.length() - 1)) instanceof Long value)) {
                return Parsed.problem(Texts.quoteScalar(text) + " is no whole number with a percent sign");
            }
            return value < 0 || value > 100
                    ? Parsed.problem(Texts.quoteScalar(text) + " is not from 0% to 100%")
                    : Parsed.of(Magnitude.Kind.PERCENTAGE, value);
        }
        Matcher found = DOCKER.matcher(text);
        if (!found.matches()) {
            return Parsed.problem(Texts.quoteScalar(text) + " has no digit");
        }
        Object value = Numbers.parseGo(found.group(1).replaceFirst(" \\z", ""), false);
        if (value == Numbers.Fault.TOO_BIG) {
            return Parsed.problem(Texts.quoteScalar(text) + " is too big");
        }
        if (value == Numbers.Fault.MALFORMED) {
            return Parsed.problem(Texts.quoteScalar(text) + " does not start with a number");
        }
        double number = (Double) value;
        if (number < 0) {
            return Parsed.problem(Texts.quoteScalar(text) + " is negative");
        }
        Double factor = dockerFactor(found.group(2));
        if (factor == null) {
            String unit = Texts.quoteScalar(found.group(2));
            return Parsed.problem(unit + " in " + Texts.quoteScalar(text) + " is no unit of data");
        }
        return Parsed.of(Magnitude.Kind.SIZE, truncated(number * factor));
    }

    private static Double dockerFactor(String suffix) {
        // Docker counts bytes before it makes them small.
        if (Texts.bytes(suffix) > 3) {
            return null;
        }
        String small = Digits.lower(suffix);
        if (small.isEmpty() || small.equals("b")) {
            return 1.0;
        }
        int power = "kmgtp".indexOf(small.charAt(0));
        boolean known = power >= 0 && List.of("", "b", "ib").contains(small.substring(1));
        return known ? (Double) Math.pow(1000, power + 1) : null;
    }

    /** The whole part of a number. */
    static double truncated(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    static Parsed quantity(String text) {
        if (text.isEmpty()) {
            return Parsed.problem("the quantity is empty");
        }
        Digits.Cursor cursor = new Digits.Cursor(Digits.withoutSign(text));
        Digits.Decimal split = cursor.decimal();
        String tail = cursor.from(cursor.place());
        boolean noDigit = split.isEmpty();
        int binary = BINARY_SUFFIXES.indexOf(tail);
        Integer letters = DECIMAL_SUFFIXES.get(tail);
        Integer power = letters != null ? letters : binary < 0 ? quantityExponent(tail) : (Integer) 0;
        if (power == null) {
            return Parsed.problem(
                    noDigit
                            ? Texts.quoteScalar(text) + " does not start with a number"
                            : Texts.quoteScalar(tail) + " in " + Texts.quoteScalar(text) + " is no suffix of a quantity");
        }
        // Kubernetes takes a missing number for 0 on its fast path only.
        if (noDigit && ((binary < 0 && letters == null && power < -9) || tail.equals("Pi") || tail.equals("Ei"))) {
            return Parsed.problem(Texts.quoteScalar(text) + " has no number");
        }
        double number = Double.parseDouble("0" + split.whole() + "." + split.fraction() + "0e" + power);
        if (Digits.isNegative(text) && !isZero(split)) {
            number = -number;
        }
        if (binary < 0) {
            return Parsed.of(Magnitude.Kind.NUMBER, number);
        }
        // Kubernetes caps these at 64 bits.
        double most = Math.pow(2, 63);
        double bytes = number * Math.pow(1024, binary + 1);
        return Parsed.of(Magnitude.Kind.NUMBER, Math.max(-most, Math.min(most, bytes)));
    }

    private static boolean isZero(Digits.Decimal split) {
        return (split.whole() + split.fraction()).chars().allMatch(c -> c == '0');
    }

    private static Integer quantityExponent(String text) {
        if (!text.startsWith("e") && !text.startsWith("E")) {
            return null;
        }
        return Digits.atoi(text.substring(1)) instanceof Long exponent ? (Integer) exponent.intValue() : null;
    }
}
