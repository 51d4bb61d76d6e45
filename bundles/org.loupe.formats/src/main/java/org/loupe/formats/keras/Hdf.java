package org.loupe.formats.keras;

import io.jhdf.HdfFile;
import org.loupe.core.network.NetworkException;

/**
 * Opens HDF5 files; whatever is wrong with them is told as a {@link NetworkException}. They are read from memory, where
 * no part can be taken for longer than the whole, while from a disk the library would make as large a buffer as any
 * broken number says.
 */
final class Hdf {

    private Hdf() {
    }

    interface Reading<T> {
        T read(HdfFile root);
    }

    static <T> T reading(byte[] bytes, Reading<T> reading) {
        try (HdfFile root = HdfFile.fromBytes(bytes)) {
            return reading.read(root);
        } catch (NetworkException told) {
            throw told;
        } catch (LinkageError codecs) {
            if (!codecs.toString().matches("(?s).*(lzf|lz4|FilterManager).*")) {
                throw codecs;
            }
            throw new NetworkException("Its arrays are compressed, as Keras itself does not write them. Load it in Keras, save it"
                    + " with model.save(\"network.keras\"), and open that.");
        } catch (RuntimeException | StackOverflowError broken) {
            throw new NetworkException("It is no HDF5 file, or it is broken: " + broken.getMessage());
        }
    }
}
