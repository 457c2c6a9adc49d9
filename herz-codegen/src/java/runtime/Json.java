import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON, read and written without losing a digit. Values are null, {@link Boolean}, {@link Long} (or
 * {@link BigInteger} up to 64 bits without a sign), {@link Double}, {@link JsonNumber} for numbers whose text says
 * more than these, {@link String}, {@link List} and {@link Map} with the keys in the order of the text.
 */
public final class Json {
    /** How deep a document may be nested. */
    private static final int DEEPEST = 500;

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @param text the JSON text
     * @return the value; null for JSON's null
     * @throws JsonException if it is no JSON; the message names the place
     */
    public static Object parse(String text) {
        return new Parser(text).document();
    }

    /**
     * Writes a value on one line.
     *
     * @param value a value as {@link #parse} gives it, or one of a generated type
     * @return the JSON text
     */
    public static String write(Object value) {
        return write(value, 0);
    }

    /**
     * Writes a value, indented.
     *
     * @param value a value as {@link #parse} gives it, or one of a generated type
     * @param indent how many blanks each level gets; 0 for one line
     * @return the JSON text
     */
    public static String write(Object value, int indent) {
        Writer writer = new Writer(" ".repeat(Math.max(indent, 0)));
        writer.value(value, "");
        return writer.out.toString();
    }

    /**
     * A map of keys and values in turn.
     *
     * @param entries a key, its value, the next key, and so on
     * @return the map
     */
    public static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int at = 0; at + 1 < entries.length; at += 2) {
            map.put(String.valueOf(entries[at]), entries[at + 1]);
        }
        return map;
    }

    private static final class Writer {
        private final StringBuilder out = new StringBuilder();
        private final String unit;

        private Writer(String unit) {
            this.unit = unit;
        }

        private void value(Object given, String margin) {
            Object value = Views.raw(given);
            if (value instanceof String text) {
                string(text);
            } else if (value instanceof Double number) {
                out.append(Numbers.floatJson(number));
            } else if (value instanceof Number || value instanceof Boolean) {
                out.append(value);
            } else if (value instanceof List<?> list) {
                out.append('[');
                String deeper = margin + unit;
                boolean first = true;
                for (Object item : list) {
                    first = next(first, deeper);
                    value(item, deeper);
                }
                close(']', list.isEmpty(), margin);
            } else if (value instanceof Map<?, ?> map) {
                out.append('{');
                String deeper = margin + unit;
                boolean first = true;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    first = next(first, deeper);
                    string(String.valueOf(entry.getKey()));
                    out.append(unit.isEmpty() ? ":" : ": ");
                    value(entry.getValue(), deeper);
                }
                close('}', map.isEmpty(), margin);
            } else {
                out.append("null");
            }
        }

        private boolean next(boolean first, String deeper) {
            if (!first) {
                out.append(',');
            }
            if (!unit.isEmpty()) {
                out.append('\n').append(deeper);
            }
            return false;
        }

        private void close(char bracket, boolean empty, String margin) {
            if (!empty && !unit.isEmpty()) {
                out.append('\n').append(margin);
            }
            out.append(bracket);
        }

        private void string(String text) {
            out.append('"');
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                switch (c) {
                    case '"' -> out.append("\\\"");
                    case '\\' -> out.append("\\\\");
                    case '\b' -> out.append("\\b");
                    case '\f' -> out.append("\\f");
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    case '\t' -> out.append("\\t");
                    default -> {
                        if (c < 0x20 || alone(text, at)) {
                            out.append(String.format("\\u%04x", (int) c));
                        } else {
                            out.append(c);
                        }
                    }
                }
            }
            out.append('"');
        }

        /** Whether half a character stands at a place: UTF-8 can't hold it. */
        private static boolean alone(String text, int at) {
            char c = text.charAt(at);
            if (Character.isHighSurrogate(c)) {
                return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
            }
            return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
        }
    }

    private static final class Parser {
        private final String text;
        private int at;
        private int depth;

        private Parser(String text) {
            this.text = text;
        }

        private Object document() {
            Object value = value();
            blanks();
            if (at < text.length()) {
                throw fail("something follows the JSON value");
            }
            return value;
        }

        private JsonException fail(String message) {
            String before = text.substring(0, Math.min(at, text.length()));
            long line = before.chars().filter(c -> c == '\n').count() + 1;
            int column = before.length() - before.lastIndexOf('\n');
            return new JsonException(message + " (line " + line + ", column " + column + ")");
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private boolean eat(char wanted) {
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void blanks() {
            while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private Object value() {
            blanks();
            if (at >= text.length()) {
                throw fail("the text ends where a value should stand");
            }
            return switch (peek()) {
                case '{' -> object();
                case '[' -> list();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Object word(String word, Object value) {
            if (!text.startsWith(word, at)) {
                throw fail("this is no JSON value");
            }
            at += word.length();
            return value;
        }

        private void enter() {
            at++;
            depth++;
            if (depth > DEEPEST) {
                throw fail("values are nested more than " + DEEPEST + " deep");
            }
        }

        private List<Object> list() {
            enter();
            List<Object> items = new ArrayList<>();
            blanks();
            if (!eat(']')) {
                do {
                    items.add(value());
                    blanks();
                } while (eat(','));
                if (!eat(']')) {
                    throw fail("`,` or `]` must stand here");
                }
            }
            depth--;
            return items;
        }

        private Map<String, Object> object() {
            enter();
            Map<String, Object> entries = new LinkedHashMap<>();
            blanks();
            if (!eat('}')) {
                do {
                    entry(entries);
                } while (eat(','));
                if (!eat('}')) {
                    throw fail("`,` or `}` must stand here");
                }
            }
            depth--;
            return entries;
        }

        private void entry(Map<String, Object> entries) {
            blanks();
            if (peek() != '"') {
                throw fail("a key between double quotes must stand here");
            }
            String key = string();
            blanks();
            if (!eat(':')) {
                throw fail("`:` must stand here");
            }
            entries.put(key, value());
            blanks();
        }

        private String string() {
            at++;
            StringBuilder out = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c < 0x20) {
                    throw fail("a control character stands in a text");
                }
                at++;
                if (c == '"') {
                    return out.toString();
                }
                out.append(c == '\\' ? escape() : c);
            }
            throw fail("a text has no end");
        }

        private char escape() {
            if (eat('u')) {
                String digits = text.substring(at, Math.min(at + 4, text.length()));
                if (!digits.matches("[0-9a-fA-F]{4}")) {
                    throw fail("four hex digits must follow `\\u`");
                }
                at += 4;
                return (char) Integer.parseInt(digits, 16);
            }
            int known = "\"\\/bfnrt".indexOf(peek());
            if (known < 0 || at >= text.length()) {
                throw fail("no such escape");
            }
            at++;
            return "\"\\/\b\f\n\r\t".charAt(known);
        }

        private boolean digits() {
            int start = at;
            while (Character.digit(peek(), 10) >= 0 && peek() <= '9') {
                at++;
            }
            return at > start;
        }

        private Object number() {
            int start = at;
            eat('-');
            if (!eat('0') && !digits()) {
                at = start;
                throw fail("this is no JSON value");
            }
            // What does not go on as a number ends before that, and something follows it.
            int end = at;
            if (eat('.')) {
                at = digits() ? at : end;
                end = at;
            }
            if (eat('e') || eat('E')) {
                if (!eat('+')) {
                    eat('-');
                }
                at = digits() ? at : end;
            }
            Object value = Numbers.fromText(text.substring(start, at));
            if (value == null) {
                String found = text.substring(start, at);
                at = start;
                throw fail("the number " + found + " is out of range");
            }
            return value;
        }
    }
}
