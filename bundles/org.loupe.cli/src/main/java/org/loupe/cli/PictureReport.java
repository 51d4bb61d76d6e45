package org.loupe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.loupe.core.visualize.Visualized;

/** The pictures that were made, a line each: what for, how far it came, its file. */
record PictureReport(Visualized visualized, Answer answer) implements AnswerReport {

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int picture = 0; picture < visualized.details().size(); picture++) {
            Visualized.Detail detail = visualized.details().get(picture);
            text.append((detail.objective() + "  " + detail.label()).strip())
                    .append(String.format(Locale.ROOT, "  %.4g, from %.4g  ", detail.score(), detail.start()))
                    .append(answer.file(file(picture)));
            if (!detail.excited() && detail.objective().startsWith("-")) {
                text.append("  (nothing that was tried gets it below 0; behind a rectification, nothing can: write such as"
                        + " -mixed4a.pre:12)");
            } else if (!detail.excited()) {
                text.append("  (nothing that was tried excites it: the picture means nothing)");
            } else if (detail.scores().length < visualized.steps()) {
                text.append("  (partial: ").append(detail.scores().length).append(" of ").append(visualized.steps())
                        .append(" steps)");
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    @Override
    public Map<String, Object> json() {
        List<Object> pictures = new ArrayList<>();
        for (int picture = 0; picture < visualized.details().size(); picture++) {
            Visualized.Detail detail = visualized.details().get(picture);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("objective", detail.objective());
            json.put("label", detail.label());
            json.put("start", detail.start());
            json.put("score", detail.score());
            json.put("excited", detail.excited());
            json.put("steps", detail.scores().length);
            json.put("file", answer.file(file(picture)).toAbsolutePath().toString());
            pictures.add(json);
        }
        return Map.of("pictures", pictures);
    }

    private static String file(int picture) {
        return "picture-" + picture + ".png";
    }
}
