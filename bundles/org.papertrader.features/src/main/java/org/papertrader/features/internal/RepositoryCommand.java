package org.papertrader.features.internal;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/** Shell commands of scope {@code feature} whose names no Java method can have. */
final class RepositoryCommand implements Function {
    static final String SCOPE = "feature";
    static final String[] FUNCTIONS = {"repo-list", "repo-add", "repo-remove"};

    private final String name;
    private final Configurations configurations;

    private RepositoryCommand(String name, Configurations configurations) {
        this.name = name;
        this.configurations = configurations;
    }

    /** All of them, by name. */
    static Map<String, Object> all(Configurations configurations) {
        return List.of(FUNCTIONS).stream()
                .collect(Collectors.toMap(name -> name, name -> new RepositoryCommand(name, configurations)));
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws FeatureException {
        List<String> places = new ArrayList<>(
                FeatureSettings.of(configurations.written(FeatureSettings.PID)).repositories());
        if (name.equals("repo-list")) {
            Typed typed = Typed.of(
                    SCOPE + ":" + name, arguments.stream().map(Object::toString).toArray(String[]::new), 0);
            return typed.json() ? Json.createArrayBuilder(places).build().toString() : String.join("\n", places);
        }
        if (arguments.size() != 1) {
            throw new FeatureException("usage: feature:" + name + " PLACE");
        }
        return change(places, arguments.get(0).toString());
    }

    private String change(List<String> places, String place) throws FeatureException {
        boolean adds = name.equals("repo-add");
        if (adds == places.contains(place)) {
            throw new FeatureException((adds ? "known already: " : "not known: ") + place);
        }
        if (adds) {
            places.add(place);
            List<String> problems = new ArrayList<>();
            int features = new Catalog(List.of(Catalog.at(place)))
                    .features(problems::add)
                    .size();
            if (!problems.isEmpty()) {
                throw new FeatureException(problems.get(0));
            }
            configurations.set(FeatureSettings.PID, FeatureSettings.REPOSITORIES, Lists.join(places));
            return "added " + place + ": " + features + " features";
        }
        places.remove(place);
        configurations.set(FeatureSettings.PID, FeatureSettings.REPOSITORIES, Lists.join(places));
        return "removed " + place;
    }
}
