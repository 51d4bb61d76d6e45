package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.runtime.ILogListener;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.dialogs.ErrorDialog;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.network.NetworkFile;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.network.NetworkFiles;
import org.loupe.ui.preferences.Theme;

/** The views as parts of a window: they open, close, change their colours, and tell what has failed. */
class ViewsTest {

    private static final int TIMES = 3;
    private static final int WHITE = 240;
    private static final double FEW = 0.2;

    @AfterEach
    void isLight() {
        theme(Theme.LIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {LoupeUi.NETWORK, LoupeUi.WALL, LoupeUi.UNIT, LoupeUi.INGREDIENTS, LoupeUi.PROBE})
    void opensAndShowsSomething(String view) {
        Ui.close(view);
        var part = Ui.open(view);
        assertNotNull(part.getTitleImage(), "an icon");
        assertTrue(Ui.content(part).getSize().x > 0, "it has room in the window");
        assertTrue(Ui.content(part).getChildren().length > 0, "it is not empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {LoupeUi.NETWORK, LoupeUi.WALL, LoupeUi.UNIT, LoupeUi.INGREDIENTS, LoupeUi.PROBE})
    void closingAViewWhileItLoadsIsHarmless(String view) throws InterruptedException {
        Bench bench = Bench.on("closed-early");
        bench.showShapes();
        List<IStatus> problems = new CopyOnWriteArrayList<>();
        ILogListener listener = (status, plugin) -> problems.add(status);
        Platform.addLogListener(listener);
        try {
            for (int channel = 0; channel < TIMES; channel++) {
                Ui.open(view);
                Ui.select(Ui.open(LoupeUi.WALL), bench.unit(channel));
                Ui.close(view);
            }
            Job.getJobManager().join(Bench.laboratory(), null);
            Ui.settle();
        } finally {
            Platform.removeLogListener(listener);
        }
        assertEquals(List.of(), problems.stream().filter(status -> status.getSeverity() == IStatus.ERROR).toList());
    }

    @Test
    void theDarkThemeLeavesNoWhiteCanvas() {
        Bench bench = Bench.on("dark");
        bench.show(0);
        bench.untilPictureIsDone();
        Ui.screenshot("light");
        theme(Theme.DARK);
        Ui.screenshot("dark");
        for (String view : List.of(LoupeUi.NETWORK, LoupeUi.WALL, LoupeUi.UNIT, LoupeUi.INGREDIENTS, LoupeUi.PROBE)) {
            for (Canvas canvas : Ui.all(Ui.content(Ui.open(view)), Canvas.class)) {
                if (canvas.getSize().x > 1 && canvas.getSize().y > 1) {
                    assertEquals(List.of(), brightEdges(canvas), canvas.getClass().getSimpleName() + " of " + view);
                }
            }
        }
    }

    @Test
    void aBrokenNetworkFileIsTold(@TempDir Path folder) throws IOException, InterruptedException {
        Path whole = folder.resolve("whole.loupe");
        NetworkFile.write(TinyNetwork.of("whole", 5), whole);
        Path broken = folder.resolve("broken.loupe");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
        int before = Bench.laboratory().study().networks().size();
        boolean automated = ErrorDialog.AUTOMATED_MODE;
        // The harness lets no dialog open; here it is what is tested.
        ErrorDialog.AUTOMATED_MODE = false;
        try {
            Job opening = new NetworkFiles(PlatformUI.getWorkbench(), List.of(broken));
            opening.schedule();
            Ui.until("the file was tried", () -> opening.getResult() != null);
            assertEquals(IStatus.ERROR, opening.getResult().getSeverity());
            assertTrue(opening.getResult().getMessage().contains("broken.loupe"), opening.getResult().getMessage());
            assertTrue(opening.getResult().getMessage().contains("cut off"), opening.getResult().getMessage());
            assertEquals(before, Bench.laboratory().study().networks().size(), "nothing is copied into the study");
            Ui.until("a person is told", () -> dialogs().stream().anyMatch(shell -> Ui.texts(shell).contains("broken")),
                    () -> dialogs().toString());
        } finally {
            ErrorDialog.AUTOMATED_MODE = automated;
            dialogs().forEach(Shell::close);
        }
    }

    private static List<Shell> dialogs() {
        return Arrays.stream(Ui.shell().getDisplay().getShells()).filter(shell -> shell != Ui.shell()
                && shell.isVisible()).toList();
    }

    private static void theme(Theme theme) {
        theme.choose(PlatformUI.getWorkbench().getService(IThemeEngine.class), Ui.shell().getDisplay());
        Ui.settle();
    }

    /** The sides of a canvas, where nothing but its ground is, that are white for more than a few pixels. */
    private static List<String> brightEdges(Canvas canvas) {
        ImageData look = Ui.look(canvas);
        int bottom = look.height - 1;
        int right = look.width - 1;
        return List.of(edge(look, "top", 0, 0, right, 0), edge(look, "bottom", 0, bottom, right, bottom),
                edge(look, "left", 0, 0, 0, bottom), edge(look, "right", right, 0, right, bottom)).stream()
                .filter(name -> !name.isEmpty()).toList();
    }

    private static String edge(ImageData look, String name, int fromColumn, int fromRow, int toColumn, int toRow) {
        int white = 0;
        int all = 0;
        for (int row = fromRow; row <= toRow; row++) {
            for (int column = fromColumn; column <= toColumn; column++) {
                RGB colour = look.palette.getRGB(look.getPixel(column, row));
                white += colour.red > WHITE && colour.green > WHITE && colour.blue > WHITE ? 1 : 0;
                all++;
            }
        }
        return white > FEW * all ? name : "";
    }
}
