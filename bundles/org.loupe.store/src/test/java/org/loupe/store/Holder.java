package org.loupe.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/** Another Loupe, in a process of its own: opens a study, stores one note, and hangs in the middle of the next. */
final class Holder implements Result {

    private Holder() {
    }

    /** Starts the process and returns when it hangs. */
    static Process start(Path folder) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-cp", classes, Holder.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"hanging".equals(said)) {
            process.destroyForcibly();
            throw new IOException("The other process said " + said);
        }
        return process;
    }

    public static void main(String[] arguments) {
        Study study = Study.open(Path.of(arguments[0]));
        study.results().put(Note.recipe("first"), new Note("one", false));
        study.queue().replace(List.of(Note.recipe("second")));
        study.results().put(Note.recipe("second"), new Holder());
    }

    @Override
    public boolean isPartial() {
        return false;
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        files.write("note.txt", new byte[] {'h', 'a', 'l', 'f'});
        System.out.println("hanging");
        System.out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }
}
