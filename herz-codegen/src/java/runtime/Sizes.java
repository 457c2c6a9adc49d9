import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Sizes and rates with a unit. */
final class Sizes {
    private static final BigInteger LAST = BigInteger.valueOf((Long.MAX_VALUE - 9) / 10);

    private static final Map<String, BigInteger> SIZE_UNITS = Map.ofEntries(
            Map.entry("EiB", binary(60)),
            Map.entry("EB", decimal(18)),
            Map.entry("PiB", binary(50)),
            Map.entry("PB", decimal(15)),
            Map.entry("TiB", binary(40)),
            Map.entry("TB", decimal(12)),
            Map.entry("GiB", binary(30)),
            Map.entry("GB", decimal(9)),
            Map.entry("MiB", binary(20)),
            Map.entry("MB", decimal(6)),
            Map.entry("KiB", binary(10)),
            Map.entry("kB", decimal(3)),
            Map.entry("KB", decimal(3)),
            Map.entry("B", BigInteger.ONE));

    private static final Map<String, BigInteger> RATE_UNITS = Map.ofEntries(
            Map.entry("tbit", decimal(12)),
            Map.entry("gbit", decimal(9)),
            Map.entry("mbit", decimal(6)),
            Map.entry("kbit", decimal(3)),
            Map.entry("bit", BigInteger.ONE),
            Map.entry("TiB/s", binary(43)),
            Map.entry("TB/s", decimal(12).shiftLeft(3)),
            Map.entry("GiB/s", binary(33)),
            Map.entry("GB/s", decimal(9).shiftLeft(3)),
            Map.entry("MiB/s", binary(23)),
            Map.entry("MB/s", decimal(6).shiftLeft(3)),
            Map.entry("KiB/s", binary(13)),
            Map.entry("kB/s", decimal(3).shiftLeft(3)),
            Map.entry("KB/s", decimal(3).shiftLeft(3)),
            Map.entry("B/s", binary(3)));

    /** A unit that ends like another one stands before it. */
    private static final List<String> TC_UNITS =
            List.of("tbps", "gbps", "mbps", "kbps", "bps", "tbit", "gbit", "mbit", "kbit", "bit");

    private Sizes() {}

    private static BigInteger binary(int power) {
        return BigInteger.ONE.shiftLeft(power);
    }

    private static BigInteger decimal(int power) {
        return BigInteger.TEN.pow(power);
    }

    /** decimal * factor if it is a whole number of 64 bits without rounding, or what is wrong. */
    private static Object multiply(String decimal, BigInteger factor, String notWhole, String tooMuch) {
        Texts.Cut parts = Texts.cut(decimal, ".");
        String fraction = parts.after() == null ? "" : Digits.withoutZeros(parts.after());
        if (fraction.length() > 60) {
            return notWhole;
        }
        BigInteger whole = Digits.number(parts.before());
        if (whole == null || whole.bitLength() > 64) {
            return tooMuch;
        }
        BigInteger value = new BigInteger(whole + fraction).multiply(factor);
        BigInteger[] result = value.divideAndRemainder(BigInteger.TEN.pow(fraction.length()));
        if (result[1].signum() != 0) {
            return notWhole;
        }
        return result[0].bitLength() > 64 ? (Object) tooMuch : result[0];
    }

    /** A number with a unit in whole units of the smallest one, or what is wrong. */
    private static Object units(String text, Map<String, BigInteger> units, String what, String notWhole, String tooMuch) {
        String quoted = Texts.quoteScalar(text);
        Texts.Cut split = Digits.splitDecimal(text);
        String decimal = split.before();
        String unit = split.after();
        if (decimal.isEmpty()) {
            return quoted + " does not start with a number";
        }
        if (decimal.startsWith(".") || decimal.endsWith(".") || unit.startsWith(".")) {
            return quoted + " lacks a digit beside its point";
        }
        BigInteger size = units.get(unit);
        if (size == null) {
            return unit.isEmpty()
                    ? quoted + " has no unit"
                    : Texts.quoteScalar(unit) + " in " + quoted + " is no unit of " + what;
        }
        return multiply(decimal, size, quoted + notWhole, quoted + tooMuch);
    }

    static Parsed bytes(String text) {
        Object read = units(text, SIZE_UNITS, "data", " is no whole number of bytes", " is more than 64 bits of bytes");
        return read instanceof BigInteger bytes
                ? Parsed.of(Magnitude.Kind.SIZE, bytes.doubleValue())
                : Parsed.problem((String) read);
    }

    static Parsed rate(String text) {
        Object read = units(
                text, RATE_UNITS, "a rate", " is no whole number of bits a second", " is more than 64 bits can count");
        return read instanceof BigInteger bits
                ? Parsed.of(Magnitude.Kind.BYTES_PER_SECOND, bits.doubleValue() / 8)
                : Parsed.problem((String) read);
    }

    static Parsed tcRate(String text) {
        String small = Digits.lower(Digits.trim(text));
        int at = 0;
        while (at < TC_UNITS.size() && !small.endsWith(TC_UNITS.get(at))) {
            at++;
        }
        if (at == TC_UNITS.size()) {
            return Parsed.problem(Texts.quoteScalar(text) + " does not end with a unit of a rate");
        }
        String digits = Digits.trim(small.substring(0, small.length() - TC_UNITS.get(at).length()));
        if (!Digits.isDigits(digits)) {
            return Parsed.problem(Texts.quoteScalar(text) + " does not start with a whole number");
        }
        BigInteger count = Digits.number(digits);
        if (count == null || count.bitLength() > 64) {
            return Parsed.problem(Texts.quoteScalar(text) + " has a number of more than 64 bits");
        }
        boolean inBits = at >= 5;
        double rate = count.doubleValue() * Math.pow(inBits ? 1000 : 1024, 4 - at % 5);
        return Parsed.of(Magnitude.Kind.BYTES_PER_SECOND, inBits ? rate / 8 : rate);
    }

    /** A set of units that chaosd knows. All have c, one byte. */
    private record UnitSet(double scale, String suffix, boolean smallK) {
        private Double size(String name) {
            if (name.equals("c")) {
                return 1.0;
            }
            String letter = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
            if (letter.length() != 1) {
                return null;
            }
            int power = letter.equals("k") && smallK ? 0 : "KMGTPE".indexOf(letter);
            return power < 0 ? null : (Double) Math.pow(scale, power + 1);
        }
    }

    /** In the order in which chaosd tries them. */
    private static final List<UnitSet> UNIT_SETS =
            List.of(new UnitSet(1024, "", false), new UnitSet(1024, "iB", false), new UnitSet(1000, "B", true));

    static Parsed chaosd(String text) {
        if (Digits.atoi(text) instanceof Long) {
            return Parsed.problem(Texts.quoteScalar(text) + " has no unit");
        }
        Parsed last = Parsed.problem("");
        for (UnitSet set : UNIT_SETS) {
            last = chaosd(text, set);
            if (last.isOk()) {
                return last;
            }
        }
        return last;
    }

    private static Parsed chaosd(String text, UnitSet set) {
        String quoted = Texts.quoteScalar(text);
        Digits.Cursor cursor = new Digits.Cursor(Digits.withoutSign(text));
        if (cursor.isAtEnd()) {
            return Parsed.problem(quoted + " has no number");
        }
        double sum = 0;
        while (!cursor.isAtEnd()) {
            int place = cursor.place();
            Digits.Decimal split = cursor.decimal();
            if (split.isEmpty()) {
                return Parsed.problem(Texts.quoteScalar(cursor.from(place)) + " stands where a number should");
            }
            BigInteger count = leading(split.whole());
            BigInteger digits = leading(split.fraction());
            if (count == null || digits == null) {
                return Parsed.problem("a number in " + quoted + " has too many digits");
            }
            double value = count.doubleValue() + digits.doubleValue() / Math.pow(10, split.fraction().length());
            String unit = cursor.unit();
            Double size = set.size(unit);
            if (size == null) {
                return Parsed.problem(unknown(unit, quoted));
            }
            sum += value * size;
        }
        if (Digits.isNegative(text)) {
            sum = -sum;
        }
        if (Math.abs(sum) > Math.pow(2, 63)) {
            return Parsed.problem(quoted + " is more than 64 bits of bytes");
        }
        return Parsed.of(Magnitude.Kind.SIZE, Amounts.truncated(sum) + 0.0);
    }

    private static String unknown(String unit, String quoted) {
        if (unit.isEmpty()) {
            return "a number in " + quoted + " has no unit";
        }
        return UNIT_SETS.stream().anyMatch(set -> set.size(unit) != null)
                ? quoted + " mixes units of different kinds"
                : Texts.quoteScalar(unit) + " in " + quoted + " is no unit of data";
    }

    /** Counts digits as chaosd's library does: it gives up at 18 or 19 digits. */
    private static BigInteger leading(String digits) {
        BigInteger value = BigInteger.ZERO;
        for (int at = 0; at < digits.length(); at++) {
            char digit = digits.charAt(at);
            if (value.compareTo(LAST) >= 0) {
                return null;
            }
            value = value.multiply(BigInteger.TEN).add(BigInteger.valueOf(digit - '0'));
        }
        return value;
    }
}
