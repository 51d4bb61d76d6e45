package org.loupe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Preparation;
import org.loupe.core.picture.PictureSet;
import org.loupe.platform.EngineChoice;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;
import org.loupe.platform.PictureSets;
import org.loupe.platform.Registered;
import org.loupe.store.CheckedNetworks.Verdict;
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

    /** Opens the study to compare engines in it: the one that is asked for comes first, but the others are there, too. */
    static Laboratory openForCheck(Shell shell, Settings settings) {
        EngineChoice choice = EngineChoice.preferably(settings.engine);
        Consumer<String> notices = notices(shell, settings);
        try {
            return Laboratory.open(folder(shell, settings), shell.registry(), choice, notices);
        } catch (StudyInUseException inUse) {
            notices.accept("Another Loupe has the study open, so what is found is not remembered.");
            return Laboratory.openReadOnly(folder(shell, settings), shell.registry(), choice, notices);
        }
    }

    private static Path folder(Shell shell, Settings settings) {
        return settings.study == null ? shell.study() : settings.study;
    }

    private static EngineChoice engine(Settings settings) {
        return settings.engine.isBlank() ? EngineChoice.ANY : EngineChoice.only(settings.engine);
    }

    static Consumer<String> notices(Shell shell, Settings settings) {
        return notice -> {
            if (!settings.quiet) {
                shell.err().println("loupe: " + notice);
                shell.err().flush();
            }
        };
    }

    /**
     * The network that is meant, as it is.
     *
     * @param nameOrFile empty where none is named
     */
    static Network network(Laboratory laboratory, String nameOrFile) {
        return open(laboratory, nameOrFile, InputChoice.NONE).network();
    }

    /**
     * The network that is meant, with the input that a person chooses. What was guessed, and that it has not been
     * checked, is told.
     *
     * @param nameOrFile empty where none is named
     */
    static Network network(Shell shell, Settings settings, Laboratory laboratory, String nameOrFile) {
        OpenedNetwork opened = open(laboratory, nameOrFile, settings.choice());
        Consumer<String> notices = notices(shell, settings);
        tell(opened, notices);
        Network network = opened.network();
        if (!laboratory.isBundled(network)) {
            Optional<Verdict> verdict = laboratory.verdict(network);
            if (verdict.isEmpty()) {
                notices.accept(network + " has not been checked yet; loupe check " + opened.file().map(Path::toString)
                        .orElse(network.name()) + " compares what two engines compute.");
            } else if (verdict.get().isOff()) {
                notices.accept("The last check of " + network + " has found it off at " + verdict.get().firstOff()
                        + "; what is computed from there on cannot be relied on.");
            }
        }
        return network;
    }

    /** Tells what was guessed or left out, and how to say it otherwise. */
    static void tell(OpenedNetwork opened, Consumer<String> notices) {
        opened.remarks().forEach(notices);
        boolean colours = opened.reading().colours() != Certainty.STATED;
        boolean size = opened.reading().size() != Certainty.STATED;
        if (colours || size) {
            String what = Stream.of(colours ? "colours are taken as " + Preparation.of(opened.network()) : "",
                    size ? "pictures as " + opened.network().input().shape().rows() + " rows by "
                            + opened.network().input().shape().columns() + " columns" : "")
                    .filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
            String how = Stream.of(colours ? "--colours" : "", size ? "--input-size" : "").filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" and "));
            notices.accept(Character.toUpperCase(what.charAt(0)) + what.substring(1) + "; say otherwise with " + how + ".");
        }
    }

    /** The network that is meant, with what is known of its reading. */
    static OpenedNetwork open(Laboratory laboratory, String nameOrFile, InputChoice choice) {
        String meant = nameOrFile.isEmpty() ? standard(laboratory) : nameOrFile;
        try {
            return laboratory.open(meant, choice);
        } catch (NetworkException damaged) {
            throw new CommandException(ExitCode.FAILED, damaged.getMessage(), damaged);
        }
    }

    /**
     * Opens the picture set that is meant.
     *
     * @param nameOrPlace empty where none is named: then the one that was chosen for the network, or comes with it
     */
    static PictureSet pictures(Laboratory laboratory, Network network, String nameOrPlace) {
        PictureSets sets = new PictureSets(laboratory.registry());
        String meant = nameOrPlace.isEmpty() ? laboratory.picturesOf(network).orElse("") : nameOrPlace;
        if (meant.isEmpty()) {
            throw CommandException.usage("Which pictures? Name a set, a folder, an archive or a list with --pictures.");
        }
        try {
            return sets.open(meant);
        } catch (IOException problem) {
            throw new CommandException(ExitCode.FAILED, problem.getMessage(), problem);
        }
    }

    /**
     * Opens the one picture that is meant.
     *
     * @param fileOrPicture empty where none is named
     */
    static PictureSet picture(Laboratory laboratory, String fileOrPicture) {
        if (fileOrPicture.isEmpty()) {
            throw CommandException.usage("Which picture? Name a file, or a picture of a set such as drawn:17, with --picture.");
        }
        try {
            return new PictureSets(laboratory.registry()).openOne(fileOrPicture);
        } catch (IOException problem) {
            throw new CommandException(ExitCode.FAILED, problem.getMessage(), problem);
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
