import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.Writer;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;

/**
 * Runs one Neo4j in this process until standard input ends.
 *
 * <p>Standard input is the leash. Its first block (Java properties, ended by an empty line) says what to run; keys that begin with
 * "launcher." are for us, the rest are Neo4j settings. Secrets come this way so that no command line or file outside the home
 * holds them. After that block only the end of the stream matters: it comes when the parent asks for a stop and also when the
 * parent dies, however it dies, so there is never an orphan and never a home left behind. Only a "keep" before that end leaves the home
 * as it is, for a next launcher: that one is given it as "launcher.home", answers for it from then on, and begins when it is told "go",
 * since the earlier one has ended.
 *
 * <p>Standard output: "HOME path", then "READY", each on a line of its own. Exit codes: 0 stopped, 1 failed, 98 the port is taken.
 */
public final class Launcher {
    private static final int PORT_TAKEN = 98;
    private static final String OWN_KEYS = "launcher.";

    private static volatile Path home;
    private static volatile DatabaseManagementService server;
    private static volatile boolean starting = true;
    private static volatile boolean keepHome;
    private static final CountDownLatch STOP = new CountDownLatch(1);
    private static final CountDownLatch GO = new CountDownLatch(1);

    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
        Properties settings = readFirstBlock(System.in);
        Properties own = takeOwn(settings);

        String earlier = own.getProperty("launcher.home");
        home = earlier == null ? Files.createTempDirectory("fulgur-neo4j-") : Path.of(earlier);
        Runtime.getRuntime().addShutdownHook(new Thread(Launcher::shutDown, "stop"));
        watchInput();
        say("HOME " + home);

        try {
            run(settings, own);
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(isPortTaken(failure) ? PORT_TAKEN : 1);
        }
        System.exit(0);
    }

    private static void run(Properties settings, Properties own) throws Exception {
        if (own.containsKey("launcher.home")) {
            GO.await();
        }
        writeCertificates(own, settings);
        Path file = home.resolve("neo4j.conf");
        writePrivately(file, "");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }

        server = new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(file).build();
        String password = own.getProperty("launcher.password", "");
        if (!password.isEmpty()) {
            server.database("system")
                    .executeTransactionally(
                            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        }
        GraphDatabaseService database = server.database("neo4j");
        if (!database.isAvailable(60_000)) {
            throw new IllegalStateException("The database did not become available within 60 s.");
        }
        if (own.containsKey("launcher.rehearse")) {
            rehearse(database);
        }
        starting = false;
        say("READY");
        STOP.await();
    }

    /** Loads the classes of a first query, so that the class-data archive dumped at exit holds them. */
    private static void rehearse(GraphDatabaseService database) {
        database.executeTransactionally("UNWIND range(1, 3) AS i CREATE (n:A {i: i})-[:R]->(:B) RETURN n", Map.of(), result -> {
            while (result.hasNext()) {
                result.next();
            }
            return null;
        });
        database.executeTransactionally("MATCH (n) DETACH DELETE n");
    }

    /** Reads up to the first empty line, byte by byte: nothing beyond it may be swallowed by a buffer. */
    private static Properties readFirstBlock(InputStream input) throws IOException {
        StringBuilder block = new StringBuilder();
        ByteBuffer line = ByteBuffer.allocate(1 << 20);
        for (int next = input.read(); next >= 0; next = input.read()) {
            if (next != '\n') {
                line.put((byte) next);
                continue;
            }
            if (line.position() == 0) {
                Properties properties = new Properties();
                properties.load(new StringReader(block.toString()));
                return properties;
            }
            line.flip();
            block.append(StandardCharsets.UTF_8.decode(line)).append('\n');
            line.clear();
        }
        throw new IOException("Standard input ended before the empty line that closes the settings.");
    }

    private static Properties takeOwn(Properties settings) {
        Properties own = new Properties();
        for (String key : settings.stringPropertyNames()) {
            if (key.startsWith(OWN_KEYS)) {
                own.setProperty(key, settings.getProperty(key));
                settings.remove(key);
            }
        }
        return own;
    }

    private static void writeCertificates(Properties own, Properties settings) throws IOException {
        if (!own.containsKey("launcher.key")) {
            return;
        }
        Path folder = Files.createDirectories(home.resolve("certificates"));
        settings.setProperty("dbms.ssl.policy.bolt.base_directory", folder.toString());
        if (own.containsKey("launcher.home")) {
            return;
        }
        writePrivately(folder.resolve("private.key"), own.getProperty("launcher.key"));
        Files.writeString(folder.resolve("public.crt"), own.getProperty("launcher.certificate"));
        Files.writeString(folder.resolve("ca.crt"), own.getProperty("launcher.authority"));
        // Who may sign clients' certificates, where those are asked for.
        Files.createDirectories(folder.resolve("trusted"));
        Files.writeString(folder.resolve("trusted").resolve("ca.crt"), own.getProperty("launcher.authority"));
    }

    private static void writePrivately(Path file, String text) throws IOException {
        if (Files.notExists(file) && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    private static void watchInput() {
        Thread watcher = new Thread(
                () -> {
                    try {
                        for (int next = System.in.read(); next >= 0; next = System.in.read()) {
                            keepHome |= next == 'k';
                            if (next == 'g') {
                                GO.countDown();
                            }
                        }
                    } catch (IOException ended) {
                        // A broken pipe is an end like any other.
                    }
                    if (starting) {
                        // A start can't be interrupted, and nobody waits for it any more.
                        deleteHome();
                        Runtime.getRuntime().halt(1);
                    }
                    STOP.countDown();
                    haltIfStuck();
                },
                "leash");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** With the parent gone nobody else would end a server that hangs while it shuts down. */
    private static void haltIfStuck() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException ignored) {
            // Then halt at once.
        }
        deleteHome();
        Runtime.getRuntime().halt(1);
    }

    private static void shutDown() {
        DatabaseManagementService running = server;
        if (running != null) {
            try {
                running.shutdown();
            } catch (Throwable failure) {
                failure.printStackTrace();
            }
        }
        deleteHome();
    }

    /** Other threads may still create files while we delete, so go on until the folder is gone. */
    private static void deleteHome() {
        if (keepHome) {
            return;
        }
        for (int attempt = 0; attempt < 100 && Files.exists(home); attempt++) {
            try (var paths = Files.walk(home)) {
                List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | RuntimeException retry) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException || String.valueOf(cause.getMessage()).contains("Address already in use")) {
                return true;
            }
        }
        return false;
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
