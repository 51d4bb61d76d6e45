package org.loupe.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.loupe.core.network.Spelling;
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
