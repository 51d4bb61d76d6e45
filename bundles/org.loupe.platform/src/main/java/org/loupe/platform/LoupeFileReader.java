package org.loupe.platform;

import java.io.IOException;
import java.nio.file.Path;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.NetworkReader;

/** Reads Loupe's own network files. */
public final class LoupeFileReader implements NetworkReader {

    @Override
    public Network read(Path file) throws IOException {
        return NetworkFile.read(file);
    }
}
