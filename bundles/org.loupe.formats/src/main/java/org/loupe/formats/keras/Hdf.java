package org.loupe.formats.keras;

import io.jhdf.HdfFile;
import java.io.IOException;
import org.loupe.core.network.NetworkException;

/** Opens HDF5 files; whatever is wrong with them is told as a {@link NetworkException}. */
final class Hdf {

    private Hdf() {
    }

    interface Opening {
        HdfFile open() throws IOException;
    }

    interface Reading<T> {
        T read(HdfFile root);
    }

    static <T> T reading(Opening opening, Reading<T> reading) throws IOException {
        try (HdfFile root = opening.open()) {
            return reading.read(root);
        } catch (NetworkException told) {
            throw told;
        } catch (RuntimeException | StackOverflowError broken) {
            throw new NetworkException("It is no HDF5 file, or it is broken: " + broken.getMessage());
        }
    }
}
