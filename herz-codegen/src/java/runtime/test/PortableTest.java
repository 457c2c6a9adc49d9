package PACKAGE.spec;

import java.util.ArrayList;
import java.util.List;

/** Regular expressions: which are portable, and what they match. */
public final class PortableTest {
    private PortableTest() {}

    /** Pattern, text, and whether one matches the other. */
    private static final Object[][] MATCHES = {
        {"", "", true},
        {"b", "abc", true},
        {"^b", "abc", false},
        {"b$", "ab\n", false},
        {"^a.c$", "a\nc", false},
        {"^a.c$", "a\ud83d\ude00c", true},
        {"^(a|b)*$", "abab", true},
        {"^(?:ab)+$", "aba", false},
        {"^a{2}$", "aaa", false},
        {"^a{2,}$", "aaa", true},
        {"^a{0,2}?$", "aa", true},
        {"^(a*)*$", "aab", false},
        {"^[a-c-]+$", "a-c", true},
        {"^[^\\W]$", "_", true},
        {"^[^\\W]$", "\u00e9", false},
        {"^[\\d.]+$", "1.2", true},
        {"^\\D$", "\u0661", true},
        {"^[\\x41-\\x43]$", "B", true},
        {"^(|a|bc)d$", "bcd", true},
        {"^\\.\\*$", ".*", true},
        {"a$|^b", "bc", true},
    };

    /**
     * Runs the tests.
     *
     * @return what is wrong
     */
    public static List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        for (Object[] row : MATCHES) {
            String pattern = (String) row[0];
            if (Portable.problem(pattern) != null || !row[2].equals(Portable.matches(pattern, (String) row[1]))) {
                wrong.add("not " + row[2] + ": " + pattern + " on " + Json.write(row[1]));
            }
        }
        // Neither the stack nor the time is at an end on long texts.
        String text = "ab".repeat(200_000);
        for (String pattern : List.of("^(a|b)*$", "^((a|b)+)+$", "^(.|x)*c?$")) {
            if (!Portable.matches(pattern, text) || Portable.matches(pattern, text + "\n")) {
                wrong.add(pattern + " on a long text");
            }
        }
        for (String pattern : List.of("(", ")", "a**", "a{2", "[", "[]", "\\b", "(?i)a", "(?=a)", "a++", "[b-a]")) {
            if (Portable.problem(pattern) == null) {
                wrong.add("accepted: " + pattern);
            }
        }
        return wrong;
    }
}
