package org.loupe.ui.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.jface.viewers.ISelectionProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.loupe.ui.widgets.Paragraph;

/** What tests do with a window: wait, look for, press, take a picture. All on the user interface's thread. */
final class Ui {

    private static final long PATIENCE_NANOSECONDS = 60_000_000_000L;
    private static final long SETTLING_NANOSECONDS = 10_000_000_000L;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private Ui() {
    }

    static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
    }

    static Shell shell() {
        return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell();
    }

    /** Lets the workbench work until something is so. */
    static void until(String what, BooleanSupplier isSo) {
        until(what, isSo, () -> "");
    }

    /** Lets the workbench work until something is so; fails with what there is instead when it never is. */
    static void until(String what, BooleanSupplier isSo, Supplier<String> instead) {
        until(what, isSo, instead, PATIENCE_NANOSECONDS);
    }

    /** The same with more patience, or less. */
    static void until(String what, BooleanSupplier isSo, Supplier<String> instead, long patienceNanoseconds) {
        long deadline = System.nanoTime() + patienceNanoseconds;
        Display display = shell().getDisplay();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                screenshot("failed");
                throw new AssertionError("Not within " + patienceNanoseconds / 1_000_000_000 + " s: " + what
                        + (instead.get().isEmpty() ? "" : "; instead: " + instead.get()));
            }
            if (!display.readAndDispatch()) {
                rest();
            }
        }
    }

    /** Lets the workbench do all that it has to do now; a picture that grows all the time does not hold this up for ever. */
    static void settle() {
        long deadline = System.nanoTime() + SETTLING_NANOSECONDS;
        while (shell().getDisplay().readAndDispatch() && System.nanoTime() < deadline) {
            // Each call does one thing.
        }
    }

    private static void rest() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", stop);
        }
    }

    static <T extends IViewPart> T open(String view, Class<T> type) {
        try {
            T opened = type.cast(page().showView(view));
            settle();
            return opened;
        } catch (PartInitException problem) {
            throw new AssertionError("The view " + view + " does not open", problem);
        }
    }

    static IViewPart open(String view) {
        return open(view, IViewPart.class);
    }

    static void close(String view) {
        IViewPart part = page().findView(view);
        if (part != null) {
            page().hideView(part);
        }
        settle();
    }

    /** Everything in a view. */
    static Composite content(IViewPart view) {
        return (Composite) view.getSite().getService(MPart.class).getWidget();
    }

    static void select(IViewPart view, Object... objects) {
        page().activate(view);
        ISelectionProvider provider = view.getSite().getSelectionProvider();
        provider.setSelection(new StructuredSelection(objects));
    }

    static void run(String command) {
        try {
            PlatformUI.getWorkbench().getWorkbenchWindows()[0].getService(IHandlerService.class)
                    .executeCommand(command, null);
        } catch (Exception problem) {
            throw new AssertionError("The command " + command + " cannot be run", problem);
        }
        settle();
    }

    /** All visible controls of a type in a part of the window, from top to bottom of the tree. */
    static <T extends Control> List<T> all(Composite root, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Control child : root.getChildren()) {
            if (type.isInstance(child) && child.isVisible()) {
                found.add(type.cast(child));
            }
            if (child instanceof Composite composite) {
                found.addAll(all(composite, type));
            }
        }
        return found;
    }

    static <T extends Control> boolean has(Composite root, Class<T> type, Predicate<T> isMeant) {
        return all(root, type).stream().anyMatch(isMeant);
    }

    static <T extends Control> T the(Composite root, Class<T> type, Predicate<T> isMeant) {
        return all(root, type).stream().filter(isMeant).findFirst().orElseThrow(() -> new AssertionError("There is no "
                + type.getSimpleName() + " as wanted; texts: " + texts(root)));
    }

    static Button button(Composite root, String beginning) {
        return the(root, Button.class, button -> button.getText().startsWith(beginning));
    }

    static boolean hasButton(Composite root, String beginning) {
        return has(root, Button.class, button -> button.getText().startsWith(beginning));
    }

    static void press(Control control) {
        control.notifyListeners(SWT.Selection, new Event());
        settle();
    }

    static void key(Control control, int code) {
        Event event = new Event();
        event.keyCode = code;
        control.notifyListeners(SWT.KeyDown, event);
        settle();
    }

    /** Everything that can be read. */
    static String texts(Composite root) {
        return all(root, Control.class).stream().map(control -> control instanceof Label label ? label.getText()
                : control instanceof Paragraph paragraph ? paragraph.getText()
                : control instanceof Button button ? "[" + button.getText() + "]" : "")
                .filter(text -> !text.isEmpty()).collect(Collectors.joining(" | "));
    }

    /** What a control looks like now. */
    static ImageData look(Control control) {
        Image image = new Image(control.getDisplay(), Math.max(1, control.getSize().x), Math.max(1, control.getSize().y));
        GC gc = new GC(image);
        try {
            control.print(gc);
            return image.getImageData();
        } finally {
            gc.dispose();
            image.dispose();
        }
    }

    /** Keeps a picture of the window for a person to look at. */
    static void screenshot(String name) {
        screenshot(shell(), name);
    }

    /** Keeps a picture of a dialog, too. */
    static void screenshot(Shell of, String name) {
        settle();
        ImageLoader loader = new ImageLoader();
        loader.data = new ImageData[] {look(of)};
        try {
            Files.createDirectories(SCREENSHOTS);
            loader.save(SCREENSHOTS.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
        } catch (IOException problem) {
            throw new AssertionError("No picture of the window could be kept in " + SCREENSHOTS, problem);
        }
    }
}
