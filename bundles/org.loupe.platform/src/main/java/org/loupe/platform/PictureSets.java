package org.loupe.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.loupe.core.network.Spelling;
import org.loupe.core.picture.OnePicture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.PictureSetReader;

/** Opens the picture sets that come with plug-ins, and those that people keep in folders and files. */
public final class PictureSets {

    private final Registry registry;

    public PictureSets(Registry registry) {
        this.registry = registry;
    }

    /**
     * Opens the picture set that a person means; whoever asks closes it.
     *
     * @param nameOrPlace short name or identifier of a set that comes with a plug-in, or else a folder or file
     * @throws IllegalArgumentException when there is nothing of the name, naming what was probably meant
     * @throws IOException              when the place cannot be read as a picture set; the message names it
     */
    public PictureSet open(String nameOrPlace) throws IOException {
        for (Registered<Supplier<PictureSet>> bundled : registry.pictureSets()) {
            if (bundled.shortName().equals(nameOrPlace) || bundled.id().equals(nameOrPlace)) {
                return bundled.value().get();
            }
        }
        try {
            Path place = Path.of(nameOrPlace);
            if (Files.exists(place)) {
                return open(place);
            }
        } catch (InvalidPathException notOne) {
            throw new IllegalArgumentException(nameOrPlace + " is no name of a folder or file. " + known(nameOrPlace), notOne);
        }
        throw new IllegalArgumentException("There is no picture set, folder or file " + nameOrPlace + ". " + known(nameOrPlace));
    }

    /**
     * Opens the one picture that a person means, as a set that has only this picture; whoever asks closes it.
     *
     * @param fileOrPicture a file with one picture, or a picture of a set by index or name, such as {@code drawn:17} or
     *                      {@code photos:cat/12.png}
     * @throws IllegalArgumentException when there is nothing of the name, saying what there is
     * @throws IOException              when it cannot be read; the message names it
     */
    public PictureSet openOne(String fileOrPicture) throws IOException {
        if (isFile(fileOrPicture)) {
            PictureSet set = open(fileOrPicture);
            if (set.pictures().size() == 1) {
                return set;
            }
            try (set) {
                throw new IllegalArgumentException(!set.pictures().isEmpty() || set.unreadable().isEmpty() ? fileOrPicture + " has "
                        + set.pictures().size() + " pictures; say which, such as " + fileOrPicture + ":0."
                        : fileOrPicture + " is no picture that can be read. " + set.unreadable().get(0).reason());
            }
        }
        int colon = fileOrPicture.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("There is no file " + fileOrPicture + ". Name one, or a picture of a set, such"
                    + " as drawn:17.");
        }
        return one(open(fileOrPicture.substring(0, colon)), fileOrPicture.substring(colon + 1));
    }

    private static PictureSet one(PictureSet set, String indexOrName) {
        try {
            for (int index = 0; index < set.pictures().size(); index++) {
                if (set.pictures().get(index).name().equals(indexOrName)) {
                    return new OnePicture(set, index);
                }
            }
            if (!indexOrName.matches("\\d{1,9}")) {
                throw new IllegalArgumentException(set.name() + " has no picture " + indexOrName + ". Name one, or give its index"
                        + " from 0 to " + (set.pictures().size() - 1) + ".");
            }
            return new OnePicture(set, Integer.parseInt(indexOrName));
        } catch (IllegalArgumentException missing) {
            set.close();
            throw missing;
        }
    }

    private static boolean isFile(String place) {
        try {
            return Files.exists(Path.of(place));
        } catch (InvalidPathException notOne) {
            return false;
        }
    }

    /**
     * Name of the picture set that is meant with a network where none is named: the one that comes with the same plug-in.
     *
     * @param network name of the network
     */
    public Optional<String> standard(String network) {
        return registry.networks().stream().filter(one -> one.shortName().equals(network)).findFirst()
                .flatMap(one -> registry.pictureSets().stream()
                        .filter(set -> set.contributor().equals(one.contributor())).findFirst())
                .map(Registered::shortName);
    }

    private String known(String nameOrPlace) {
        List<String> names = registry.pictureSets().stream().map(Registered::shortName).toList();
        return Spelling.suggestion(nameOrPlace, names);
    }

    /**
     * Opens a folder or file; whoever asks closes the set.
     *
     * @throws IOException when it cannot be read as a picture set; the message names it
     */
    public PictureSet open(Path place) throws IOException {
        for (Registered<PictureSetReader> reader : registry.pictureSetReaders()) {
            if (reader.value().reads(place)) {
                return reader.value().open(place);
            }
        }
        throw new PictureException("No plug-in reads picture sets from " + place
                + ". Folders of pictures, zip archives, CSV and JSON lists and single pictures can be read.");
    }
}
