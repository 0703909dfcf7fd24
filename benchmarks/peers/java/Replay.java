import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Logging;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;

/** The official Java driver. See ../node/passes.mjs for what a program here does. */
public final class Replay {
    private static final String INGEST = "UNWIND $rows AS row MERGE (p:Person {id: row.id}) SET p += row";
    private static final String[] FIRST = {
        "Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan", "Judy", "Mallory", "Niaj"
    };
    private long rows;
    private long whole;
    private double decimal;

    private void addRow(Record record) {
        rows++;
        whole += record.get("id").asLong() + record.get("name").asString().length();
        decimal += record.get("score").asDouble();
    }

    private void addNode(Record record) {
        var node = record.get("n").asNode();
        rows++;
        whole += node.get("id").asLong() + node.get("name").asString().length() + node.get("age").asLong()
                + node.get("email").asString().length() + node.labels().iterator().next().length()
                + node.elementId().length();
        decimal += node.get("score").asDouble();
    }

    private static List<Map<String, Object>> ingestRows(int count) {
        var list = new ArrayList<Map<String, Object>>();
        for (long index = 0; index < count; index++) {
            var row = new HashMap<String, Object>();
            row.put("id", index);
            row.put("age", index % 99);
            row.put("name", FIRST[(int) (index % 12)] + " " + Long.toString(index * 2654435761L % 4294967296L, 36));
            row.put("email", Long.toString(index * 40503 % 16777216, 36) + "@example.org");
            row.put("score", index % 1000 / 7.0 + 0.5);
            list.add(row);
        }
        return list;
    }

    private static double cpuTime() {
        var bean = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return bean.getProcessCpuTime() / 1e6;
    }

    public static void main(String[] args) throws Exception {
        var mode = args[1];
        var workload = args[2];
        var count = Integer.parseInt(args[3]);
        var config = SessionConfig.builder().withFetchSize(Long.parseLong(args[4])).build();
        var quiet = Config.builder().withLogging(Logging.none()).build();
        var batch = mode.equals("ingest") ? ingestRows(5000) : List.of();
        var input = new BufferedReader(new InputStreamReader(System.in));
        try (var driver = GraphDatabase.driver("bolt://127.0.0.1:" + args[0], AuthTokens.basic("neo4j", "replayed"), quiet)) {
            for (var line = input.readLine(); line != null && !line.equals("end"); line = input.readLine()) {
                var pass = new Replay();
                var cpu = cpuTime();
                var start = System.nanoTime();
                try (var session = driver.session(config)) {
                    if (mode.equals("ingest")) {
                        for (var sent = 0; sent < count; sent++) {
                            session.run(INGEST, Map.of("rows", batch)).consume();
                            pass.rows += batch.size();
                        }
                    } else {
                        var result = session.run("REPLAY " + workload + " " + count);
                        while (result.hasNext()) {
                            if (workload.equals("nodes")) pass.addNode(result.next());
                            else pass.addRow(result.next());
                        }
                    }
                }
                var ms = (System.nanoTime() - start) / 1e6;
                System.out.printf(
                        Locale.ROOT,
                        "{\"ms\":%s,\"cpu\":%s,\"rows\":%d,\"whole\":%d,\"decimal\":%s}%n",
                        ms,
                        cpuTime() - cpu,
                        pass.rows,
                        pass.whole,
                        pass.decimal);
            }
        }
    }
}
