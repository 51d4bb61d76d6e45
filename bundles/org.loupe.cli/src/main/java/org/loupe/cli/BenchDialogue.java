package org.loupe.cli;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Session;
import org.loupe.core.network.NetworkException;

/**
 * Times what the lines on the standard input ask for, so that two programs can be timed by turns.
 *
 * <p>A question is {@code WHAT TO IMAGES SIZE COUNT}, with {@code WHAT} one of forward, gradient, step, peak. The answer is
 * one line of JSON: {@code wall}, milliseconds of each time; {@code cpu}, milliseconds of one time on average, of all
 * threads; for a step also {@code network}, what of it the engine took; for the peak, {@code peak}, multiplications in a
 * second. What cannot be done is answered with {@code error}. The first line tells the engine.
 */
final class BenchDialogue {

    private final Session session;
    private final BufferedReader questions;
    private final Shell shell;

    /** @param questions a line each */
    BenchDialogue(Session session, Reader questions, Shell shell) {
        this.session = session;
        this.questions = new BufferedReader(questions);
        this.shell = shell;
    }

    /** Answers until the input ends. */
    void run() {
        say(Map.of("engine", session.engine().name(), "description", session.engine().description(),
                "java", Runtime.version().toString(), "network", session.network().hash()));
        try {
            for (String line = questions.readLine(); line != null && !line.isBlank(); line = questions.readLine()) {
                say(answer(line.strip().split("\\s+")));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Map<String, Object> answer(String[] question) {
        try {
            if (question[0].equals("peak")) {
                return Map.of("peak", Benchmark.peak(session.engine()));
            }
            Benchmark benchmark = new Benchmark(session, question[1], Integer.parseInt(question[2]),
                    Integer.parseInt(question[3]));
            int count = Integer.parseInt(question[4]);
            return switch (question[0]) {
                case "forward" -> json(benchmark.forward(count));
                case "gradient" -> json(benchmark.gradient(count));
                case "step" -> {
                    Benchmark.Steps steps = benchmark.steps(count);
                    Map<String, Object> json = json(steps.whole());
                    json.put("network", steps.network().wall());
                    yield json;
                }
                default -> Map.of("error", "What is " + question[0] + "?");
            };
        } catch (EngineException | NetworkException | IllegalArgumentException | IndexOutOfBoundsException problem) {
            return Map.of("error", String.valueOf(problem.getMessage()));
        }
    }

    private static Map<String, Object> json(Stopwatch.Times times) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("wall", times.wall());
        times.processor().ifPresent(milliseconds -> json.put("cpu", milliseconds));
        return json;
    }

    private void say(Map<String, Object> answer) {
        shell.out().println(new Gson().toJson(answer));
        shell.out().flush();
    }
}
