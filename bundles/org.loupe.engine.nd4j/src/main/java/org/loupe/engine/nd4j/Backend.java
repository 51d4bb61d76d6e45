package org.loupe.engine.nd4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.loupe.core.engine.EngineException;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J on the hardware that it finds, started when it is first needed. That takes seconds, and far longer the first
 * time, when it unpacks its native libraries.
 *
 * @param description version, backend, BLAS and threads
 */
record Backend(String description) {

    /** Says where natives are unpacked; without it, the user's own cache. */
    private static final String CACHE = "org.loupe.cache";

    private static final String JAVACPP = "org.bytedeco.javacpp.";

    /**
     * ND4J, ready to compute.
     *
     * @throws EngineException when ND4J cannot run on this machine; trying again is useless, so it tries once
     */
    static Backend start() {
        if (Attempt.FAILURE != null) {
            throw new EngineException("ND4J does not start on this machine (" + System.getProperty("os.name") + ", "
                    + System.getProperty("os.arch") + "). Check that the bundle with its native libraries for this"
                    + " platform is installed, or choose another engine. The cause: " + root(Attempt.FAILURE),
                    Attempt.FAILURE);
        }
        return Attempt.BACKEND;
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    /** The first start, or why it failed; initialised by the first to ask. */
    private static final class Attempt {

        static final Backend BACKEND;
        static final Throwable FAILURE;

        static {
            Backend backend = null;
            Throwable failure = null;
            try {
                prepare();
                backend = new Backend(describe());
            } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError cause) {
                failure = cause;
            }
            BACKEND = backend;
            FAILURE = failure;
        }

        private Attempt() {
        }

        /**
         * Settings that only count before ND4J's first class is initialised. JavaCPP, which loads its libraries, is
         * steered by system properties; the other engine has a JavaCPP of its own, so they are set only while this one
         * starts, under a lock that both can take.
         */
        private static void prepare() throws IOException {
            ND4JClassLoading.setNd4jClassloader(Backend.class.getClassLoader());
            System.setProperty("org.nd4j.log.initialization", "false");
            synchronized (System.getProperties()) {
                String cache = swap("cachedir", cache().resolve("nd4j-" + version()).toString());
                String physical = swap("maxphysicalbytes", "0");
                String bytes = swap("maxbytes", "0");
                try {
                    Pointer.maxBytes();
                    Loader.getCacheDir();
                } finally {
                    swap("cachedir", cache);
                    swap("maxphysicalbytes", physical);
                    swap("maxbytes", bytes);
                }
            }
        }

        private static String swap(String property, String value) {
            return value == null ? System.clearProperty(JAVACPP + property)
                    : System.setProperty(JAVACPP + property, value);
        }

        private static Path cache() {
            String chosen = System.getProperty(CACHE);
            if (chosen != null) {
                return Path.of(chosen);
            }
            String user = System.getenv("XDG_CACHE_HOME");
            Path caches = user != null && !user.isBlank() ? Path.of(user)
                    : Path.of(System.getProperty("user.home"), ".cache");
            return caches.resolve("loupe");
        }

        private static String describe() throws IOException {
            Properties found = Nd4j.getExecutioner().getEnvironmentInformation();
            return "ND4J " + version() + ", " + Nd4j.getBackend().getClass().getSimpleName() + ", BLAS "
                    + found.get("blas.vendor") + " with " + found.get("blas.threads") + " threads, "
                    + found.get("omp.threads") + " OpenMP threads";
        }

        private static String version() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = ND4JClassLoading.class.getResourceAsStream(
                    "/META-INF/maven/org.nd4j/nd4j-common/pom.properties")) {
                if (in != null) {
                    properties.load(in);
                }
            }
            return properties.getProperty("version", "of unknown version");
        }
    }
}
