package org.papertrader.health.internal;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A report for machines: JSON in one line. */
final class JsonReport {
    private JsonReport() {}

    static String of(Report report) {
        JsonArrayBuilder checks = Json.createArrayBuilder();
        report.answers().forEach(answer -> checks.add(object(answer)));
        return Json.createObjectBuilder()
                        .add("status", report.status().name())
                        .add("role", report.role())
                        .add("at", report.at().toString())
                        .add("checks", checks)
                        .build()
                + "\n";
    }

    private static JsonObject object(Answer answer) {
        JsonArrayBuilder tags = Json.createArrayBuilder();
        answer.tags().forEach(tags::add);
        JsonObjectBuilder object = Json.createObjectBuilder();
        return object.add("name", answer.name())
                .add("status", answer.status().name())
                .add("message", answer.message())
                .add("tags", tags)
                .add("millis", answer.millis())
                .add("at", answer.at().toString())
                .build();
    }
}
