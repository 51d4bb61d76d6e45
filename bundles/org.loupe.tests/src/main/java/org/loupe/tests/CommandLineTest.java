package org.loupe.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.cli.Application;
import org.loupe.store.Study;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The command line as it is installed, started as the launcher starts it. */
class CommandLineTest {

    @TempDir
    Path folder;

    private String out;
    private String err;

    private int run(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--study", folder.resolve("study").toString()));
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        ByteArrayOutputStream newOut = new ByteArrayOutputStream();
        ByteArrayOutputStream newErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(newOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(newErr, true, StandardCharsets.UTF_8));
        try {
            return (Integer) new Application().start(new Launched(all.toArray(String[]::new)));
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
            out = newOut.toString(StandardCharsets.UTF_8);
            err = newErr.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void helpListsTheCommandsOfEveryPlugin() {
        assertEquals(0, run("--help"), everything());
        for (String command : List.of("info", "demo", "visualize", "ingredients", "scan", "examples", "train-demo", "dead")) {
            assertTrue(out.contains("\n  " + command + " "), command + " in " + out);
        }
    }

    @Test
    void theDemoNetworkIsExplained() {
        assertEquals(0, run("info"), everything());
        assertTrue(out.startsWith("demo") && out.contains("mixed4a"), out);
    }

    @Test
    void aPictureOfTheDemoNetworkIsMade() {
        Path pictures = folder.resolve("pictures");
        assertEquals(0, run("visualize", "mixed4a:1", "--neuron", "--steps", "3", "--out", pictures.toString()), everything());
        assertTrue(Files.exists(pictures.resolve("mixed4a-1-centre.png")), out);
    }

    @Test
    void theReportIsWritten() {
        Path report = folder.resolve("report");
        assertEquals(0, run("demo", "--steps", "2", "--units", "conv1:1", "logits:0", "--out", report.toString()), everything());
        assertTrue(Files.exists(report.resolve("index.html")), out);
    }

    @Test
    void anotherPluginsCommandRuns() throws Exception {
        Path found = folder.resolve("found");
        assertEquals(0, run("dead", "--layer", "mixed4a", "--out", found.toString()), everything());
        assertTrue(Files.readString(found.resolve("channels.txt")).matches("(\\d+\\n?)*"), "numbers of channels");
    }

    @Test
    void exitCodesTellWhatWentWrong() throws Exception {
        assertEquals(2, run("visualize", "mixed4a:1000"));
        assertTrue(err.contains("mixed4a has the channels 0 to 79"), err);
        assertEquals(1, run("info", Files.writeString(folder.resolve("cut.loupe"), "LOUPENET").toString()));
        assertTrue(err.contains("is cut off"), err);
        try (Study study = Study.open(folder.resolve("study"))) {
            assertEquals(5, run("visualize", "mixed4a:1", "--steps", "1"));
            assertTrue(err.contains(study.folder().toString()), err);
        }
    }

    private String everything() {
        return err + out;
    }

    /** What the launcher hands to an application. */
    private record Launched(String[] words) implements IApplicationContext {
        @Override
        public Map<?, ?> getArguments() {
            return Map.of(APPLICATION_ARGS, words);
        }

        @Override
        public void applicationRunning() {
            // There is no splash screen to take away.
        }

        @Override
        public String getBrandingApplication() {
            return null;
        }

        @Override
        public String getBrandingName() {
            return null;
        }

        @Override
        public String getBrandingDescription() {
            return null;
        }

        @Override
        public String getBrandingId() {
            return null;
        }

        @Override
        public String getBrandingProperty(String key) {
            return null;
        }

        @Override
        public Bundle getBrandingBundle() {
            return FrameworkUtil.getBundle(Application.class);
        }

        @Override
        public void setResult(Object result, IApplication application) {
            throw new IllegalStateException("The command line answers at once");
        }
    }
}
