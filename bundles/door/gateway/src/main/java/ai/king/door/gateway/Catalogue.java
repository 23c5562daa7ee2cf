/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import ai.king.inferences.Inferences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models that can be asked for: those of the backends, and the one that chooses among them. */
record Catalogue(List<Inferences.Backend> backends) {

    Map<String, Object> list() {
        List<Map<String, Object>> models = new ArrayList<>();
        owners().forEach((model, owner) -> models.add(model(model, owner)));
        return Map.of("object", "list", "data", models);
    }

    Map<String, Object> one(String name) {
        check(name);
        return model(name, String.valueOf(owners().get(name)));
    }

    /** {@link Refused} with 404 when no backend has this model. */
    void check(String name) {
        if (!owners().containsKey(name)) {
            throw Refused.of(404, "model_not_found", "the model " + name + " does not exist");
        }
    }

    private Map<String, String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        owners.put(Question.AUTO, "king");
        backends.forEach(backend -> backend.models().forEach(model -> owners.putIfAbsent(model, backend.provider())));
        return owners;
    }

    private static Map<String, Object> model(String name, String owner) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", name);
        model.put("object", "model");
        model.put("created", 0);
        model.put("owned_by", owner);
        return model;
    }
}
