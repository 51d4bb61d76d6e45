package org.loupe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.loupe.platform.Registry;
import org.loupe.platform.StudyFolder;

/** Loupe without a display: runs one command and ends with its exit code. */
public final class Application implements IApplication {

    private static final int WIDTH = 80;

    @Override
    public Object start(IApplicationContext context) {
        String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        context.applicationRunning();
        Interrupt interrupt = new Interrupt();
        interrupt.listen();
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        int code = Root.run(new Shell(out, err, isTerminal(), width(), StudyFolder.standard(), Registry.ofPlatform(),
                interrupt), arguments);
        out.flush();
        err.flush();
        return code;
    }

    /** Ctrl-C comes through {@link Interrupt}; a framework that shuts down has nothing more to tell. */
    @Override
    public void stop() {
        System.err.flush();
    }

    /** Whether the error stream ends at a terminal that can move its cursor. */
    private static boolean isTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return System.console() != null;
        }
    }

    private static int width() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : WIDTH;
    }
}
