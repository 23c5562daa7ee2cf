/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Role;
import ai.king.store.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bundle's OpenAPI document is what the annotations say; {@code -Dking.write=true} writes it anew. */
final class OpenApiTest {

    private static final Path DOCUMENT = Path.of("src/main/resources/ai/king/door/rest/openapi.json");

    @Test
    void documentIsWhatTheAnnotationsSay() throws IOException {
        String made = write(document());
        if (Boolean.getBoolean("king.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, made);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("after a change run: mvn test -pl bundles/door/rest -Dtest=OpenApiTest -Dking.write=true")
                .isEqualTo(made);
    }

    @Test
    void everyOperationStandsInTheDocument() {
        OpenAPI document = document();
        for (Operations.Operation operation : Operations.all()) {
            PathItem item = document.getPaths().get(operation.template());
            assertThat(item).as("%s", operation).isNotNull();
            assertThat(item.readOperationsMap()).containsKey(PathItem.HttpMethod.valueOf(operation.method()));
        }
    }

    @Test
    void everyAnswerHasASchema() {
        document().getPaths().forEach((path, item) -> item.readOperations()
                .forEach(operation -> assertThat(operation.getResponses())
                        .as(path)
                        .isNotEmpty()
                        .anySatisfy((status, answer) -> assertThat(status).startsWith("2"))));
    }

    private static OpenAPI document() {
        OpenAPI start = new OpenAPI()
                .info(new Info()
                        .title("King AI")
                        .version("1")
                        .description(
                                "The API for automation. Lists answer items and next; errors are RFC 9457 problems; "
                                        + "a POST with an Idempotency-Key answers its first result again."))
                .servers(List.of(new Server().url(ApiServlet.BASE)))
                .components(new Components()
                        .addSecuritySchemes(
                                "basic",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic"))
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")));
        Reader reader = new Reader(new SwaggerConfiguration().openAPI(start));
        Set<Class<?>> classes = new LinkedHashSet<>();
        new Resources(new FixedEngines(), Door.node()).all().forEach(resource -> classes.add(resource.getClass()));
        classes.add(Beside.class);
        OpenAPI document = reader.read(classes);
        ModelConverters.getInstance().readAll(Problem.class).forEach(document.getComponents()::addSchemas);
        classes.forEach(type -> Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Says.class))
                .sorted(java.util.Comparator.comparing(Method::getName))
                .forEach(method -> complete(document, method)));
        addUpload(document);
        withKindsOfBlocks(document);
        addRecords(document);
        addDownload(document);
        addChat(document);
        return document;
    }

    /** Summary, roles, status and errors, which the annotations of JAX-RS do not say. */
    private static void complete(OpenAPI document, Method method) {
        Says says = method.getAnnotation(Says.class);
        Needs needs = method.getAnnotation(Needs.class);
        Operation operation = find(document, method);
        String tag = method.getDeclaringClass()
                .getSimpleName()
                .replace("Resource", "")
                .toLowerCase(java.util.Locale.ROOT);
        operation.setOperationId(tag + "." + method.getName());
        operation.setTags(List.of(tag));
        operation.setSummary(says.value());
        operation.setDescription(
                needs.open()
                        ? "Needs no credentials."
                        : "Needs "
                                + (needs.value()[0] == Role.VIEWER
                                        ? "any role."
                                        : Arrays.stream(needs.value())
                                                        .map(Role::label)
                                                        .collect(Collectors.joining(" or "))
                                                + "."));
        operation.setSecurity(needs.open() ? List.of() : List.of(scheme("basic"), scheme("token")));
        answers(document, operation, says, needs);
        boolean keyed = operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(known -> Repeats.HEADER.equals(known.getName()));
        if (method.isAnnotationPresent(javax.ws.rs.POST.class) && says.repeatable() && !keyed) {
            operation.addParametersItem(new HeaderParameter()
                    .name(Repeats.HEADER)
                    .required(false)
                    .schema(new StringSchema().maxLength(128))
                    .description("the same key and body answers the first result again"));
        }
    }

    private static SecurityRequirement scheme(String name) {
        return new SecurityRequirement().addList(name);
    }

    private static Operation find(OpenAPI document, Method method) {
        javax.ws.rs.Path root = method.getDeclaringClass().getAnnotation(javax.ws.rs.Path.class);
        javax.ws.rs.Path own = method.getAnnotation(javax.ws.rs.Path.class);
        String template = (root.value().equals("/") ? "" : root.value()) + (own == null ? "" : own.value());
        String verb = Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(javax.ws.rs.HttpMethod.class))
                .filter(annotation -> annotation != null)
                .map(javax.ws.rs.HttpMethod::value)
                .findFirst()
                .orElseThrow();
        return document.getPaths().get(template).readOperationsMap().get(PathItem.HttpMethod.valueOf(verb));
    }

    private static void answers(OpenAPI document, Operation operation, Says says, Needs needs) {
        ApiResponses answers = new ApiResponses();
        ApiResponse good = new ApiResponse().description("success");
        ApiResponse derived = operation.getResponses().get("default");
        if (says.type() == Object.class) {
            good.content(new Content().addMediaType("application/json", new MediaType().schema(new ObjectSchema())));
        } else if (says.type() != Void.class) {
            good.content(new Content()
                    .addMediaType("application/json", new MediaType().schema(schema(document, says.type()))));
        } else if (derived != null && says.status() != 204) {
            good.content(derived.getContent());
        }
        answers.addApiResponse(Integer.toString(says.status()), good);
        if (!needs.open()) {
            answers.addApiResponse("401", problem("no valid credentials"));
            answers.addApiResponse("403", problem("a role is missing"));
        }
        answers.addApiResponse(
                "503",
                problem("an engine is not there")
                        .addHeaderObject("Retry-After", new Header().schema(new StringSchema())));
        answers.addApiResponse("default", problem("what was wrong"));
        operation.setResponses(answers);
    }

    private static ApiResponse problem(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }

    private static Schema<?> schema(OpenAPI document, Class<?> type) {
        var resolved =
                ModelConverters.getInstance().resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        resolved.referencedSchemas.forEach(document.getComponents()::addSchemas);
        return resolved.schema;
    }

    private static void addUpload(OpenAPI document) {
        Schema<?> parts = new ObjectSchema()
                .addProperty("proposal", new Schema<>().$ref("#/components/schemas/NewProposal"))
                .addProperty("bundle", new StringSchema().format("binary"))
                .addProperty("tests", new StringSchema().format("binary"))
                .addRequiredItem("proposal")
                .addRequiredItem("bundle");
        document.getPaths()
                .get("/evolution/proposals")
                .getPost()
                .getRequestBody()
                .getContent()
                .addMediaType("multipart/form-data", new MediaType().schema(parts));
    }

    /** The sealed families of a report, told apart by {@code type}. */
    private static void withKindsOfBlocks(OpenAPI document) {
        for (Class<?> family : List.of(ai.king.agent.Report.Block.class, ai.king.agent.Source.class)) {
            Discriminator discriminator = new Discriminator().propertyName("type");
            Schema<?> one = new Schema<>().discriminator(discriminator);
            for (Class<?> kind : family.getPermittedSubclasses()) {
                String type = kind.getSimpleName().toLowerCase(java.util.Locale.ROOT);
                String name = kind.getSimpleName() + family.getSimpleName();
                Schema<?> schema = ModelConverters.getInstance()
                        .resolveAsResolvedSchema(new AnnotatedType(kind).resolveAsRef(false))
                        .schema;
                ModelConverters.getInstance().readAll(kind).forEach((found, nested) -> {
                    if (!found.equals(kind.getSimpleName()) && !found.equals(family.getSimpleName())) {
                        document.getComponents().getSchemas().putIfAbsent(found, nested);
                    }
                });
                schema.addProperty("type", new StringSchema().addEnumItem(type));
                schema.addRequiredItem("type");
                document.getComponents().addSchemas(name, schema);
                one.addOneOfItem(new Schema<>().$ref("#/components/schemas/" + name));
                discriminator.mapping(type, "#/components/schemas/" + name);
            }
            document.getComponents().addSchemas(family.getSimpleName(), one);
        }
    }

    private static void addDownload(OpenAPI document) {
        document.getPaths()
                .get("/businesses/{id}/documents/{document}/content")
                .getGet()
                .getResponses()
                .get("200")
                .content(
                        new Content().addMediaType("*/*", new MediaType().schema(new StringSchema().format("binary"))));
    }

    /** One path reads CSV and JSON, by two methods. */
    private static void addRecords(OpenAPI document) {
        Operation operation =
                document.getPaths().get("/businesses/{id}/records").getPost();
        operation.setSummary(
                "Imports a CSV with a header or a JSON array of rows: all of it, or with partial=true its good "
                        + "lines; 422 with each bad line and the reason when nothing was taken");
        operation.setOperationId("records.import");
        operation
                .getRequestBody()
                .setContent(new Content()
                        .addMediaType("text/csv", new MediaType().schema(new StringSchema()))
                        .addMediaType(
                                "application/json",
                                new MediaType()
                                        .schema(new io.swagger.v3.oas.models.media.ArraySchema()
                                                .items(new ObjectSchema()))));
    }

    /** One path answers JSON and a stream, by two methods. */
    private static void addChat(OpenAPI document) {
        Operation operation = document.getPaths().get("/chat").getPost();
        operation.setSummary(
                "Says something: a question is answered from stored data with its source, a command becomes a"
                        + " goal, approvals that wait are shown and decided elsewhere; as a stream the reply comes in events text,"
                        + " then done with the whole answer, or problem");
        operation.setOperationId("chat.say");
        operation
                .getResponses()
                .get("200")
                .setContent(new Content()
                        .addMediaType("application/json", new MediaType().schema(schema(document, ChatView.class)))
                        .addMediaType("text/event-stream", new MediaType().schema(new StringSchema())));
    }

    private static String write(OpenAPI document) {
        try {
            String text = io.swagger.v3.core.util.Json.mapper()
                    .writer(new com.fasterxml.jackson.core.util.DefaultPrettyPrinter())
                    .writeValueAsString(document);
            // Values of a free map are anything, not only objects.
            return sorted(Json.readMap(text.replaceAll(
                            "\"additionalProperties\" : [{]\\s*\"type\" : \"object\"\\s*[}]",
                            "\"additionalProperties\" : {}")))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keys in one order, so that the document does not change from run to run. */
    private static String sorted(Map<String, Object> document) throws JsonProcessingException {
        return Json.mapper()
                .enable(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(document);
    }
}
