package org.loupe.rcp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenRequests;
import org.loupe.platform.Registry;
import org.loupe.store.StoreException;
import org.loupe.store.StudyInUseException;
import org.loupe.ui.StudyFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Opens a study and the window on it; {@code -study FOLDER} names another study than the standard one, and every other
 * word that follows no option is a network file to open. Where the study is open already, that Loupe opens the files.
 */
public final class Application implements IApplication {

    /** Exit code: another Loupe has the study open. */
    static final Integer STUDY_IN_USE = 5;

    /** Exit code: the study cannot be opened. */
    static final Integer NO_STUDY = 4;

    private static final String STUDY = "-study";

    @Override
    public Object start(IApplicationContext context) {
        String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        Path folder = study(arguments);
        List<Path> files = files(arguments);
        Display display = PlatformUI.createDisplay();
        try (Laboratory laboratory = Laboratory.open(folder, Registry.ofPlatform())) {
            return run(display, laboratory, files);
        } catch (StudyInUseException e) {
            if (!files.isEmpty()) {
                OpenRequests.leave(folder, files);
                System.err.println("Loupe is open already and opens " + files.get(0).getFileName()
                        + (files.size() > 1 ? " and " + (files.size() - 1) + " more." : "."));
                return EXIT_OK;
            }
            return refuse(display, "This study is open already", e.getMessage() + "\n\nThe option " + STUDY
                    + " FOLDER opens another study; the variable LOUPE_HOME names another home for all of Loupe's"
                    + " files.", STUDY_IN_USE);
        } catch (StoreException e) {
            return refuse(display, "The study cannot be opened", e.getMessage(), NO_STUDY);
        } finally {
            display.dispose();
        }
    }

    private static Object run(Display display, Laboratory laboratory, List<Path> files) {
        BundleContext bundles = FrameworkUtil.getBundle(Application.class).getBundleContext();
        ServiceRegistration<Laboratory> service = bundles.registerService(Laboratory.class, laboratory, null);
        try {
            int code = PlatformUI.createAndRunWorkbench(display, new Bench(laboratory, files));
            return code == PlatformUI.RETURN_RESTART ? EXIT_RESTART : EXIT_OK;
        } finally {
            service.unregister();
        }
    }

    private static Path study(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        int index = words.indexOf(STUDY);
        return index >= 0 && index + 1 < words.size() ? Path.of(words.get(index + 1)).toAbsolutePath()
                : StudyFolder.standard();
    }

    /** The network files that are to be opened: every word that is no option and does not follow one. */
    static List<Path> files(String[] arguments) {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("-")) {
                i++;
            } else {
                files.add(Path.of(arguments[i]).toAbsolutePath().normalize());
            }
        }
        return files.stream().filter(Files::isRegularFile).toList();
    }

    /** Says what is wrong, in a window and for those who look at the shell. */
    private static Object refuse(Display display, String title, String problem, Integer code) {
        System.err.println(problem);
        Shell shell = new Shell(display, SWT.ON_TOP);
        MessageDialog.openError(shell, "Loupe: " + title, problem);
        shell.dispose();
        return code;
    }

    @Override
    public void stop() {
        if (PlatformUI.isWorkbenchRunning()) {
            IWorkbench workbench = PlatformUI.getWorkbench();
            workbench.getDisplay().asyncExec(workbench::close);
        }
    }
}
