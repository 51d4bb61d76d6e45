package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesCommandTest {

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder.resolve("study"), false);
    }

    @Test
    void aSetIsSummedUpWithWhatCannotBeRead() {
        assertEquals(ExitCode.DONE, bench.run("pictures", "few"), bench.err.toString());
        assertEquals("""
                few

                pictures    2
                classes     2: cat 1, dog 0, without a class 1
                formats     PNG 2
                rows        10 to 12, half of them up to 10
                columns     1,000
                SHA-256     0123
                unreadable  2
                  empty.png: It is empty.
                  dog/b.png: It is cut off.
                """, bench.out.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void inHasteOnlyHeadersAreLookedAt() {
        assertEquals(ExitCode.DONE, bench.run("pictures", "few", "--quick"));
        assertTrue(bench.out.toString().contains("pictures    3"), bench.out.toString());
    }

    @Test
    void itIsToldAsJsonToo() {
        assertEquals(ExitCode.DONE, bench.run("pictures", "few", "--json"));
        JsonObject json = JsonParser.parseString(bench.out.toString()).getAsJsonObject();
        assertEquals("[{\"name\":\"cat/a.png\",\"class\":\"cat\",\"format\":\"PNG\",\"rows\":10,\"columns\":1000},"
                + "{\"name\":\"loose.png\",\"format\":\"PNG\",\"rows\":12,\"columns\":1000}]", json.get("pictures").toString());
        assertEquals("It is cut off.",
                json.getAsJsonArray("unreadable").get(1).getAsJsonObject().get("reason").getAsString());
    }

    @Test
    void aNameOfNothingIsAnsweredWithWhatThereIs() {
        assertEquals(ExitCode.USAGE, bench.run("pictures", "fev"));
        assertTrue(bench.err.toString().contains("Did you mean few?"), bench.err.toString());
        assertEquals(ExitCode.FAILED, bench.run("pictures", folder.toString()));
        assertTrue(bench.err.toString().contains("No plug-in reads picture sets from " + folder), bench.err.toString());
        assertEquals(ExitCode.USAGE, bench.run("pictures"));
    }

    @Test
    void stoppedInBetweenItSaysSo() {
        bench.interrupt.request();
        assertEquals(ExitCode.STOPPED, bench.run("pictures", "few"));
        assertTrue(bench.err.toString().contains("before every picture was looked at"), bench.err.toString());
    }
}
