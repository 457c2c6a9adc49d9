package PACKAGE;

import PACKAGE.spec.Dialect;
import PACKAGE.spec.Document;
import PACKAGE.spec.Json;
import PACKAGE.spec.JsonException;
import PACKAGE.spec.JsonNumber;
import PACKAGE.spec.Level;
import PACKAGE.spec.Parsed;
import PACKAGE.spec.PortableTest;
import PACKAGE.spec.Reading;
import PACKAGE.spec.Violation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The generated tests, without a framework: ends with 1 if something is wrong. */
final class ModelsTest {
    private static final List<String> WRONG = new ArrayList<>();

    private ModelsTest() {}

    public static void main(String[] arguments) throws IOException {
        scalars();
        examples();
        numbers();
        refused();
        longTexts();
        WRONG.addAll(PortableTest.wrong());
        vectors();
        WRONG.stream().limit(20).forEach(System.err::println);
        System.exit(WRONG.isEmpty() ? 0 : 1);
    }

    private static void check(boolean fine, String what) {
        if (!fine) {
            WRONG.add(what);
        }
    }

    /** The rows of a file of JSON lines. */
    private static List<Map<?, ?>> rows(String name) throws IOException {
        try (var stream = ModelsTest.class.getClassLoader().getResourceAsStream(name);
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isEmpty()).<Map<?, ?>>map(line -> (Map<?, ?>) Json.parse(line))
                    .toList();
        }
    }

    /** The JSON form of a value, with keys in order and numbers by value. */
    private static String written(Object value) {
        if (value instanceof List<?> list) {
            return "[" + String.join(",", list.stream().map(ModelsTest::written).toList()) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            TreeMap<String, String> sorted = new TreeMap<>();
            map.forEach((key, one) -> sorted.put(Json.write(key), written(one)));
            return "{" + String.join(",", sorted.entrySet().stream().map(one -> one.getKey() + ":" + one.getValue())
                    .toList()) + "}";
        }
        if (value instanceof JsonNumber || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p53;
            return whole ? String.valueOf((long) number) : String.valueOf(number);
        }
        return Json.write(value);
    }

    /** Texts with a grammar mean what they mean in Herz. */
    private static void scalars() throws IOException {
        for (Map<?, ?> row : rows("scalars.jsonl")) {
            String text = (String) row.get("text");
            for (Dialect dialect : Dialect.values()) {
                if (!dialect.label().equals(row.get("dialect"))) {
                    continue;
                }
                Parsed parsed = dialect.parse(text);
                String got;
                String want;
                if (row.containsKey("message")) {
                    got = parsed.isOk() ? "accepted" : parsed.message() + " / " + parsed.allowed();
                    want = row.get("message") + " / " + row.get("allowed");
                } else {
                    got = parsed.isOk() ? amount(parsed.magnitude().value()) : parsed.message();
                    want = amount(row.get("value"));
                }
                check(got.equals(want), dialect.label() + " " + Json.write(text) + ": " + got + ", want " + want);
            }
        }
    }

    private static String amount(Object value) {
        if (value instanceof String word) {
            return word.replace("inf", "Infinity");
        }
        return value == null ? "none" : String.valueOf(((Number) value).doubleValue());
    }

    /** The examples fit, hold, and are written as they were. */
    private static void examples() throws IOException {
        for (Map<?, ?> row : rows("documents.jsonl")) {
            Reading<Document> reading = Models.read(row.get("document"));
            check(reading.value() != null, reading.found().toString());
            if (reading.value() == null) {
                continue;
            }
            for (Violation one : reading.value().validate()) {
                check(one.level() == Level.WARNING, one.toString());
            }
            String again = written(Json.parse(reading.value().toJson()));
            check(again.equals(written(row.get("document"))), "written as " + again);
        }
    }

    /** No digit of a number is lost. */
    private static void numbers() {
        String text = "{\"a\":[5.0,-0,1e3,5.00,1e300,9223372036854775807,18446744073709551616,0.12345678901234567890]}";
        check(Json.write(Json.parse(text)).equals(text), Json.write(Json.parse(text)));
        String indented = Json.write(Json.parse("{\"a\":[1,{}],\"b\":{}}"), 2);
        check(indented.equals("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {}\n}"), indented);
    }

    /** Texts that are no JSON are refused with their place. */
    private static void refused() {
        List<String> texts = List.of(
                "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "1.e5", "1e", "-", "tru", "\"\\x\"", "\"\\u12g4\"", "\"\n\"", "\"a",
                "1 2", "{a:1}", "1e999", "[".repeat(1000));
        for (String text : texts) {
            try {
                check(false, "accepted: " + text + " as " + Json.write(Json.parse(text)));
            } catch (JsonException error) {
                check(error.getMessage().matches("(?s).* \\(line \\d+, column \\d+\\)"), error.getMessage());
            }
        }
    }

    /** Long texts are read in time, and never are too much for the stack. */
    private static void longTexts() {
        for (Dialect dialect : Dialect.values()) {
            for (String part : List.of("1", "0.", "1h", "1Ki", " ", "%", "a.", "(a", "[", "::", "\ud83d\ude00", "1,")) {
                String message = dialect.parse(part.repeat(50_000)).message();
                check(message == null || message.length() < 400, dialect.label() + ": a long message on " + part);
            }
        }
    }

    /**
     * Verdicts are those of Herz: HERZ_VECTORS names a file of JSON lines, each with a document, what Herz itself
     * found in it, and how it is written if it fits.
     */
    private static void vectors() throws IOException {
        String path = System.getenv("HERZ_VECTORS");
        if (path == null || path.isEmpty()) {
            System.out.println("skipped: HERZ_VECTORS names no file");
            return;
        }
        int count = 0;
        int wrong = WRONG.size();
        for (String line : Files.readAllLines(Path.of(path))) {
            count++;
            Map<?, ?> row = (Map<?, ?>) Json.parse(line);
            Reading<Document> reading = Models.read(row.get("document"));
            List<Violation> found = new ArrayList<>(reading.found());
            if (reading.value() != null) {
                found.addAll(reading.value().validate());
            }
            String got = String.join("\n", found.stream().map(one -> one.level() + " " + one).toList());
            String want = String.join("\n", ((List<?>) row.get("found")).stream().map(ModelsTest::said).toList());
            String where = "line " + count + ": " + written(row.get("document"));
            boolean fits = reading.value() != null;
            check(got.equals(want) && fits == row.containsKey("written"), where + "\ngot:\n" + got + "\nwant:\n" + want);
            if (fits && row.containsKey("written")) {
                String again = written(Json.parse(reading.value().toJson()));
                String form = written(row.get("written"));
                check(again.equals(form), where + "\nwritten as\n" + again + "\nwant\n" + form);
            }
        }
        System.out.println(count + " documents, " + (WRONG.size() - wrong) + " differences");
    }

    private static String said(Object finding) {
        Map<?, ?> one = (Map<?, ?>) finding;
        return one.get("level") + " " + one.get("path") + ": " + one.get("message") + " [" + one.get("code") + "]";
    }
}
