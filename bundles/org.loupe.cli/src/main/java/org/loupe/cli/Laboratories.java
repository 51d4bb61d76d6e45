package org.loupe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.platform.EngineChoice;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.store.StoreException;
import org.loupe.store.StudyInUseException;

/** How commands open the study and find the network that is meant. */
final class Laboratories {

    /** The network that is meant where none is named. */
    static final String STANDARD_NETWORK = "demo";

    private Laboratories() {
    }

    /**
     * Opens the study to store results in it.
     *
     * @param resultsGoElsewhere whether the results are also written to a folder of the person's: then the work can be
     *                           done although the study is in use or cannot be written
     */
    static Laboratory open(Shell shell, Settings settings, boolean resultsGoElsewhere) {
        try {
            return Laboratory.open(folder(shell, settings), shell.registry(), engine(settings), notices(shell, settings));
        } catch (StudyInUseException inUse) {
            if (!resultsGoElsewhere) {
                throw inUse;
            }
            notices(shell, settings).accept("Another Loupe has the study open, so nothing is stored in it.");
        } catch (StoreException unwritable) {
            if (!resultsGoElsewhere) {
                throw unwritable;
            }
            notices(shell, settings).accept(unwritable.getMessage() + " Nothing is stored in it.");
        }
        return openReadOnly(shell, settings);
    }

    /** Opens the study to look something up, also while another Loupe has it open. */
    static Laboratory openReadOnly(Shell shell, Settings settings) {
        return Laboratory.openReadOnly(folder(shell, settings), shell.registry(), engine(settings),
                notices(shell, settings));
    }

    private static Path folder(Shell shell, Settings settings) {
        return settings.study == null ? shell.study() : settings.study;
    }

    private static EngineChoice engine(Settings settings) {
        return settings.engine.isBlank() ? EngineChoice.ANY : EngineChoice.only(settings.engine);
    }

    private static Consumer<String> notices(Shell shell, Settings settings) {
        return notice -> {
            if (!settings.quiet) {
                shell.err().println("loupe: " + notice);
                shell.err().flush();
            }
        };
    }

    /**
     * The network that is meant.
     *
     * @param nameOrFile empty where none is named
     */
    static Network network(Laboratory laboratory, String nameOrFile) {
        String meant = nameOrFile.isEmpty() ? standard(laboratory) : nameOrFile;
        try {
            return laboratory.network(meant);
        } catch (NetworkException damaged) {
            throw new CommandException(ExitCode.FAILED, damaged.getMessage(), damaged);
        }
    }

    private static String standard(Laboratory laboratory) {
        List<String> bundled = laboratory.registry().networks().stream().map(Registered::shortName).toList();
        if (bundled.contains(STANDARD_NETWORK)) {
            return STANDARD_NETWORK;
        }
        List<String> all = laboratory.networks().stream().map(Network::name).toList();
        if (all.size() != 1) {
            throw CommandException.usage("Which network? Name one of these or a file: " + String.join(", ", all) + ".");
        }
        return bundled.isEmpty() ? all.get(0) : bundled.get(0);
    }
}
