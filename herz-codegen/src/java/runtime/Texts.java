import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;

/** Texts in messages, and what several readers do with texts. */
final class Texts {
    /** Texts longer than this are cut in messages. */
    private static final int SHOWN = 60;

    private Texts() {}

    /** The order of texts by code points, as other languages have it. */
    static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int at = 0; at < shorter; at++) {
            char x = a.charAt(at);
            char y = b.charAt(at);
            if (x != y) {
                boolean high = Character.isSurrogate(x);
                // A half of a great code point is greater than any small one.
                return high == Character.isSurrogate(y) ? x - y : high ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    /** How many bytes a text has in UTF-8. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** How many characters a text has. */
    static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Each character of a text. */
    static List<String> letters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    private static String escape(int c) {
        return "\\u{" + Integer.toHexString(c) + "}";
    }

    /** A text between back ticks, cut if it is long, with control characters escaped. */
    static String quote(String text) {
        return between(text, c -> switch (c) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> Character.isISOControl(c) ? escape(c) : Character.toString(c);
        });
    }

    /** The start of a text between back ticks. */
    private static String between(String text, IntFunction<String> shown) {
        StringBuilder out = new StringBuilder("`");
        int count = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (count == SHOWN) {
                out.append('…');
                break;
            }
            count++;
            out.append(shown.apply(text.codePointAt(at)));
        }
        return out.append('`').toString();
    }

    /** A value at the start of a sentence; null for one that must not be shown. */
    static String subject(String found) {
        if (found == null) {
            return "the value";
        }
        return found.isEmpty() ? "the empty text" : quote(found);
    }

    /** Names in a sentence. */
    static String alternatives(List<String> names, String last) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < names.size(); at++) {
            if (at > 0) {
                out.append(at + 1 == names.size() ? " " + last + " " : ", ");
            }
            String name = names.get(at);
            out.append(name.isEmpty() ? "the empty text" : quote(name));
        }
        return out.toString();
    }

    /** Whether a key can stand in a path without quotes. */
    static boolean isPlain(String key) {
        return !key.isEmpty()
                && key.codePoints().allMatch(c -> c == '_' || c == '-' || Character.isAlphabetic(c) || isNumber(c));
    }

    private static boolean isNumber(int c) {
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    private static String escapeDebug(int c) {
        return switch (c) {
            case '\0' -> "\\0";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\\' -> "\\\\";
            default -> isVisible(c) ? Character.toString(c) : escape(c);
        };
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            case Character.COMBINING_SPACING_MARK -> !extendsGrapheme(c);
            case Character.MODIFIER_LETTER -> c != 0xff9e && c != 0xff9f;
            default -> true;
        };
    }

    /** Spacing marks that extend a character nevertheless: Unicode's Other_Grapheme_Extend. */
    private static boolean extendsGrapheme(int c) {
        return switch (c) {
            case 0x09be, 0x09d7, 0x0b3e, 0x0b57, 0x0bbe, 0x0bd7, 0x0cc2, 0x0cd5, 0x0cd6, 0x0d3e, 0x0d57, 0x0dcf, 0x0ddf,
                    0x1b35, 0x302e, 0x302f, 0x1133e, 0x11357, 0x114b0, 0x114bd, 0x115af, 0x11930, 0x1d165, 0x1d16e,
                    0x1d16f, 0x1d170, 0x1d171, 0x1d172 -> true;
            default -> false;
        };
    }

    /** A text between double quotes, on one line. */
    static String debug(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> out.append(c == '"' ? "\\\"" : escapeDebug(c)));
        return out.append('"').toString();
    }

    /** A text in back quotes, on one line, shortened if it is long. */
    static String quoteScalar(String text) {
        if (text.isEmpty()) {
            return "the empty text";
        }
        return between(text, c -> c == '"' ? "\"" : escapeDebug(c));
    }

    /** A text in two parts. */
    record Cut(String before, String after) {}

    /** Cuts a text at the first occurrence of another one; the second part is null without it. */
    static Cut cut(String text, String at) {
        int found = text.indexOf(at);
        return found < 0 ? new Cut(text, null) : new Cut(text.substring(0, found), text.substring(found + at.length()));
    }

    /** Cuts a text at the last occurrence of another one; null without it. */
    static Cut cutLast(String text, String at) {
        int found = text.lastIndexOf(at);
        return found < 0 ? null : new Cut(text.substring(0, found), text.substring(found + at.length()));
    }

    /** Cuts a text at a place. */
    static Cut cutAt(String text, int at) {
        return new Cut(text.substring(0, at), text.substring(at));
    }

    /** Whether two texts are the same but for the case of ASCII letters. */
    static boolean sameButCase(String a, String b) {
        return a.length() == b.length() && smallAscii(a).equals(smallAscii(b));
    }

    private static String smallAscii(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return out.toString();
    }
}
