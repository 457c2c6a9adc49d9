import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time and moments. */
final class Moments {
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(63);
    private static final BigInteger WRAP = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private static final Map<String, Long> UNITS = Map.of(
            "h", 3600000000000L,
            "m", 60000000000L,
            "s", 1000000000L,
            "ms", 1000000L,
            "us", 1000L,
            "\u00b5s", 1000L,
            "\u03bcs", 1000L,
            "ns", 1L);

    private static final Pattern TIMESTAMP =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?"
                    + "(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

    private Moments() {}

    /** {@code time.ParseDuration}, step for step, with messages of our own. */
    static Parsed goDuration(String text) {
        String quoted = Texts.quoteScalar(text);
        String tooLong = quoted + " is longer than 64 bits of nanoseconds";
        String unsigned = Digits.withoutSign(text);
        if (unsigned.equals("0")) {
            return Parsed.of(Magnitude.of(Magnitude.Kind.NANOSECONDS, BigInteger.ZERO));
        }
        if (unsigned.isEmpty()) {
            return Parsed.problem(quoted + " has no number");
        }
        Digits.Cursor cursor = new Digits.Cursor(unsigned);
        BigInteger sum = BigInteger.ZERO;
        while (!cursor.isAtEnd()) {
            int place = cursor.place();
            Digits.Decimal split = cursor.decimal();
            String whole = split.whole();
            if (split.isEmpty()) {
                return Parsed.problem(
                        place == 0 && unsigned.length() == text.length()
                                ? quoted + " does not start with a number"
                                : Texts.quoteScalar(cursor.from(place)) + " stands in " + quoted + " where a number should");
            }
            String unit = cursor.unit();
            if (unit.isEmpty()) {
                boolean only = whole.length() == text.length() || text.length() == whole.length() + 1;
                return Parsed.problem(only ? quoted + " has no unit" : "a number in " + quoted + " has no unit");
            }
            Long nanos = UNITS.get(unit);
            if (nanos == null) {
                return Parsed.problem(Texts.quoteScalar(unit) + " in " + quoted + " is no unit of time");
            }
            BigInteger count = Digits.number(whole);
            if (count == null || count.compareTo(LIMIT.divide(BigInteger.valueOf(nanos))) > 0) {
                return Parsed.problem(tooLong);
            }
            BigInteger part = count.multiply(BigInteger.valueOf(nanos)).add(fraction(split.fraction(), nanos));
            // Go counts in 64 bits, and two halves of them add up to nothing.
            sum = sum.add(part).and(WRAP);
            if (part.compareTo(LIMIT) > 0 || sum.compareTo(LIMIT) > 0) {
                return Parsed.problem(tooLong);
            }
        }
        if (Digits.isNegative(text)) {
            sum = sum.negate();
        } else if (sum.equals(LIMIT)) {
            return Parsed.problem(tooLong);
        }
        return Parsed.of(Magnitude.of(Magnitude.Kind.NANOSECONDS, sum));
    }

    /** The nanoseconds of digits behind a point, in floating point as Go does. */
    private static BigInteger fraction(String digits, long unit) {
        BigInteger value = BigInteger.ZERO;
        BigInteger last = BigInteger.valueOf(Long.MAX_VALUE / 10);
        double scale = 1;
        for (int at = 0; at < digits.length(); at++) {
            char digit = digits.charAt(at);
            if (value.compareTo(last) > 0) {
                break;
            }
            BigInteger next = value.multiply(BigInteger.TEN).add(BigInteger.valueOf(digit - '0'));
            if (next.compareTo(LIMIT) > 0) {
                break;
            }
            value = next;
            scale *= 10;
        }
        return BigInteger.valueOf((long) (value.doubleValue() * (unit / scale)));
    }

    static Parsed duration(String text) {
        String quoted = Texts.quoteScalar(text);
        if (text.startsWith("+") || text.startsWith("-")) {
            return Parsed.problem(quoted + " has a sign");
        }
        if (text.equals("0")) {
            return Parsed.problem("`0` has no unit");
        }
        if (text.indexOf('\u00b5') >= 0 || text.indexOf('\u03bc') >= 0) {
            return Parsed.problem(quoted + " is not plain ASCII: microseconds are `us`");
        }
        Parsed read = goDuration(text);
        if (!read.isOk()) {
            return read;
        }
        for (String number : List.of(text.split("[^0-9.]+", -1))) {
            Texts.Cut parts = Texts.cut(number, ".");
            if (parts.after() != null && (!Digits.isDigits(parts.before()) || parts.after().isEmpty())) {
                return Parsed.problem(quoted + " lacks a digit beside its point");
            }
        }
        return read;
    }

    static Parsed timestamp(String text) {
        String quoted = Texts.quoteScalar(text);
        Matcher found = TIMESTAMP.matcher(text);
        if (!found.matches() || number(found, 9) > 23 || number(found, 10) > 59) {
            return Parsed.problem(quoted + " is not of the form `2026-11-23T12:50:00Z`");
        }
        int year = number(found, 1);
        int month = number(found, 2);
        int day = number(found, 3);
        if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            return Parsed.problem(quoted + " names a day that does not exist");
        }
        if (number(found, 4) > 23 || number(found, 5) > 59 || number(found, 6) > 59) {
            return Parsed.problem(quoted + " names a time of day that does not exist");
        }
        int offset = (number(found, 9) * 60 + number(found, 10)) * ("-".equals(found.group(8)) ? -1 : 1);
        long minutes = (days(year, month, day) * 24 + number(found, 4)) * 60 + number(found, 5) - offset;
        long seconds = minutes * 60 + number(found, 6);
        if (seconds < days(0, 1, 1) * 86400 || seconds >= days(10000, 1, 1) * 86400) {
            return Parsed.problem(quoted + " lies outside of the years 0 to 9999 in UTC");
        }
        String digits = found.group(7) == null ? "" : found.group(7);
        BigInteger nanos = new BigInteger(digits + "0".repeat(9 - digits.length()));
        BigInteger moment = BigInteger.valueOf(seconds).multiply(BigInteger.valueOf(1000000000L)).add(nanos);
        return Parsed.of(Magnitude.of(Magnitude.Kind.MOMENT, moment));
    }

    private static int number(Matcher found, int group) {
        return found.group(group) == null ? 0 : Integer.parseInt(found.group(group));
    }

    private static int daysIn(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** The days from 1970-01-01 to a day; negative before it. */
    private static long days(int year, int month, int day) {
        // Years that begin in March end with the leap day.
        long from = month <= 2 ? year - 1 : year;
        long leaps = Math.floorDiv(from, 4L) - Math.floorDiv(from, 100L) + Math.floorDiv(from, 400L);
        return from * 365 + leaps + (153L * ((month + 9) % 12) + 2) / 5 + day - 1 - 719468;
    }
}
