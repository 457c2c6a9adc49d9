package com.example.herz.models;

import com.example.herz.models.spec.Document;
import com.example.herz.models.spec.Json;
import com.example.herz.models.spec.Level;
import com.example.herz.models.spec.Reading;
import com.example.herz.models.spec.Violation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads documents, one a line, and tells what the generated types say of each. */
final class Judge {
    private Judge() {}

    private static List<Object> errors(List<Violation> found) {
        List<Object> errors = new ArrayList<>();
        for (Violation one : found) {
            if (one.level() == Level.ERROR) {
                errors.add(List.of(one.code(), one.pathText()));
            }
        }
        return errors;
    }

    private static Map<String, Object> judge(String line) {
        Reading<Document> reading = Models.read(((Map<?, ?>) Json.parse(line)).get("document"));
        if (reading.value() == null) {
            return Json.map("unread", errors(reading.found()));
        }
        List<Violation> found = new ArrayList<>(reading.found());
        found.addAll(reading.value().validate());
        return Json.map("errors", errors(found), "written", Json.parse(reading.value().toJson()));
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            out.print(Json.write(judge(line)) + "\n");
        }
        out.flush();
    }
}
