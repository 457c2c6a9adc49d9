import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Regular expressions that mean the same in RE2, Rust, ECMAScript, Java and Python. */
final class Portable {
    private static final int DEEPEST_GROUP = 32;
    private static final long MOST_REPEATS = 1000;
    private static final long LARGEST = 20000;

    private static final Map<String, Optional<Automaton>> PATTERNS = new ConcurrentHashMap<>();

    private final int[] letters;
    private int at;
    private final List<Frame> frames = new ArrayList<>(List.of(new Frame(0)));
    /** What a repetition would repeat. */
    private Size last;

    private Portable(String text) {
        letters = text.codePoints().toArray();
    }

    /** How big a part of an expression becomes. */
    private record Size(long cost, long repeats) {}

    /** An open group. */
    private static final class Frame {
        private final int opened;
        private long cost;
        private long repeats;

        private Frame(int opened) {
            this.opened = opened;
        }
    }

    /** A finding, thrown to where the check began. */
    private static final class Problem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Problem(String message) {
            super(message, null, false, false);
        }
    }

    /** What keeps an expression from being portable; null if nothing does. */
    static String problem(String text) {
        try {
            new Portable(text).run();
            return null;
        } catch (Problem problem) {
            return problem.getMessage();
        }
    }

    /** Whether a portable pattern matches somewhere in a text. A pattern that is none holds. */
    static boolean matches(String pattern, String text) {
        Optional<Automaton> known = PATTERNS.computeIfAbsent(pattern, one ->
                problem(one) == null ? Optional.of(new Automaton(one)) : Optional.empty());
        return known.isEmpty() || known.get().matches(text);
    }

    private void run() {
        while (at < letters.length) {
            step();
        }
        flush();
        if (frames.size() != 1) {
            throw fail(frames.get(frames.size() - 1).opened, "this group is not closed");
        }
    }

    private Problem fail(int place, String message) {
        return new Problem(message + " (at byte " + Texts.bytes(new String(letters, 0, place)) + ")");
    }

    /** The next letter; -1 at the end. */
    private int bump() {
        return at < letters.length ? letters[at++] : -1;
    }

    private boolean ahead(String wanted) {
        for (int index = 0; index < wanted.length(); index++) {
            if (at + index >= letters.length || letters[at + index] != wanted.charAt(index)) {
                return false;
            }
        }
        return true;
    }

    private boolean aheadOneOf(String... wanted) {
        for (String one : wanted) {
            if (ahead(one)) {
                return true;
            }
        }
        return false;
    }

    private boolean eat(String wanted) {
        boolean there = ahead(wanted);
        at += there ? wanted.length() : 0;
        return there;
    }

    private void flush() {
        Size size = last;
        last = null;
        if (size == null) {
            return;
        }
        Frame frame = frames.get(frames.size() - 1);
        frame.cost += size.cost;
        frame.repeats = Math.max(frame.repeats, size.repeats);
        if (frame.cost > LARGEST) {
            throw fail(at, "the expression becomes too big by its repetitions");
        }
    }

    private void atom(long cost) {
        flush();
        last = new Size(cost, 1);
    }

    private void step() {
        int start = at;
        int letter = bump();
        switch (letter) {
            case '(' -> open(start);
            case ')' -> close(start);
            case '|', '^', '$' -> flush();
            case '*', '+', '?' -> repeat(start, 1);
            case '{' -> repeat(start, count(start));
            case '}', ']' -> {
                String shown = Character.toString(letter);
                throw fail(start, "`" + shown + "` must be written as `\\" + shown + "`");
            }
            case '[' -> characters(start);
            case '\\' -> {
                escape(start, false);
                atom(1);
            }
            default -> atom(1);
        }
    }

    private void open(int start) {
        flush();
        if (eat("?") && !eat(":")) {
            if (aheadOneOf("=", "!", "<=", "<!")) {
                throw fail(start, "lookaround is not portable");
            }
            if (aheadOneOf("<", "P", "'")) {
                throw fail(start, "named groups are not portable: write `(` alone");
            }
            String flags = "flags inside of an expression are not portable";
            throw fail(start, ahead(">") ? "atomic groups are not portable" : flags);
        }
        if (frames.size() > DEEPEST_GROUP) {
            throw fail(start, "groups are nested more than " + DEEPEST_GROUP + " deep");
        }
        frames.add(new Frame(start));
    }

    private void close(int start) {
        flush();
        if (frames.size() < 2) {
            throw fail(start, "`)` closes no group");
        }
        Frame frame = frames.remove(frames.size() - 1);
        last = new Size(frame.cost + 1, Math.max(frame.repeats, 1));
    }

    /** A repetition of what stands before it; {@code count} is how often at most it is written out. */
    private void repeat(int start, long count) {
        if (last == null) {
            throw fail(start, "nothing stands here that can be repeated");
        }
        long times = Math.max(count, 1);
        last = new Size(last.cost * times + 1, last.repeats * times);
        if (last.repeats > MOST_REPEATS) {
            throw fail(start, "repetitions add up to more than " + MOST_REPEATS);
        }
        eat("?");
        if (ahead("+")) {
            throw fail(at, "possessive repetitions are not portable");
        }
        // A second repetition must not follow.
        flush();
    }

    /** The greater number between braces. */
    private long count(int start) {
        int end = at;
        while (end < letters.length && letters[end] != '}') {
            end++;
        }
        String inside = end == letters.length ? "" : new String(letters, at, end - at);
        Texts.Cut ends = Texts.cut(inside, ",");
        String most = ends.after() == null ? "" : ends.after();
        if (!Digits.isDigits(ends.before()) || (!most.isEmpty() && !Digits.isDigits(most))) {
            throw fail(start, "`{` must be written as `\\{`");
        }
        String greatest = most.isEmpty() ? ends.before() : most;
        if (Digits.compare(greatest, ends.before()) < 0) {
            throw fail(at, "a repetition ends before it starts");
        }
        at = end + 1;
        BigInteger number = Digits.number(greatest);
        BigInteger enough = BigInteger.valueOf(MOST_REPEATS + 1);
        return number == null ? MOST_REPEATS + 1 : number.min(enough).longValue();
    }

    /** What stands behind a backslash: the character that is meant, or -1 for a class. */
    private int escape(int start, boolean inClass) {
        int letter = bump();
        if (letter < 0) {
            throw fail(start, "nothing follows the backslash");
        }
        int control = "tnrf".indexOf(letter);
        if (control >= 0) {
            return "\t\n\r\f".charAt(control);
        }
        if ("dDwW".indexOf(letter) >= 0) {
            return -1;
        }
        if (letter == 'x') {
            String digits = new String(letters, at, Math.min(2, letters.length - at));
            if (!digits.matches("[0-9a-fA-F]{2}")) {
                throw fail(start, "two hex digits must follow `\\x`");
            }
            at += 2;
            return Integer.parseInt(digits, 16);
        }
        if ((letter == '-' && inClass) || "^$\\.*+?()[]{}|/".indexOf(letter) >= 0) {
            return letter;
        }
        throw fail(start, escapeProblem(letter));
    }

    private void characters(int start) {
        eat("^");
        int items = 0;
        // The item before, if a range may start with it.
        int before = -1;
        while (true) {
            int place = at;
            for (String operator : List.of("&&", "--", "~~", "||")) {
                if (ahead(operator)) {
                    throw fail(place, "`" + operator + "` in a class is not portable");
                }
            }
            int letter = bump();
            if (letter < 0) {
                throw fail(start, "this class is not closed");
            } else if (letter == ']') {
                if (items == 0) {
                    throw fail(place, "a class must not be empty");
                }
                atom(items);
                return;
            } else if (letter == '[') {
                String bracket = "`[` in a class must be written as `\\[`";
                throw fail(place, ahead(":") ? "POSIX classes are not portable" : bracket);
            } else if (letter == '-' && items > 0 && !ahead("]")) {
                range(place, before);
                before = -1;
            } else {
                before = letter == '\\' ? escape(place, true) : letter;
                items++;
            }
        }
    }

    private void range(int place, int from) {
        if (from < 0) {
            throw fail(place, "`-` must stand first or last in a class, or be written as `\\-`");
        }
        int end = at;
        int to = bump();
        if (to == '\\') {
            to = escape(end, true);
        } else if (to == '[') {
            throw fail(end, "`[` in a class must be written as `\\[`");
        }
        if (to < 0) {
            throw fail(place, "a range must end with a character");
        }
        if (from > to) {
            throw fail(place, "a range ends before it starts");
        }
    }

    private static String escapeProblem(int letter) {
        return switch (letter) {
            case '0' -> "octal escapes are not portable";
            case 'A' -> "`\\A` is not portable: write `^`";
            case 'z', 'Z' -> "`\\z` and `\\Z` are not portable: write `$`";
            case 'b', 'B' -> "word boundaries are not portable";
            case 's', 'S' -> "`\\s` is not portable: write `[ \\t\\r\\n]`";
            case 'p', 'P' -> "Unicode classes are not portable";
            case 'u' -> "`\\u` is not portable: write the character itself";
            default -> letter >= '1' && letter <= '9'
                    ? "back references are not portable"
                    : "the escape " + Texts.quoteScalar("\\" + Character.toString(letter)) + " is not portable";
        };
    }
}
