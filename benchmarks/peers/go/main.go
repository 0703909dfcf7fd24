// The official Go driver. See ../node/passes.mjs for what a program here does.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

type sums struct {
	Ms      float64 `json:"ms"`
	Cpu     float64 `json:"cpu"`
	Rows    int64   `json:"rows"`
	Whole   int64   `json:"whole"`
	Decimal float64 `json:"decimal"`
}

func (s *sums) addRow(record *neo4j.Record) {
	id, _ := record.Get("id")
	name, _ := record.Get("name")
	score, _ := record.Get("score")
	s.Rows++
	s.Whole += id.(int64) + int64(len(name.(string)))
	s.Decimal += score.(float64)
}

func (s *sums) addNode(record *neo4j.Record) {
	value, _ := record.Get("n")
	node := value.(neo4j.Node)
	s.Rows++
	s.Whole += node.Props["id"].(int64) + int64(len(node.Props["name"].(string))) + node.Props["age"].(int64) +
		int64(len(node.Props["email"].(string))) + int64(len(node.Labels[0])) + int64(len(node.ElementId))
	s.Decimal += node.Props["score"].(float64)
}

func ingestRows(count int) []map[string]any {
	first := []string{"Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan", "Judy", "Mallory", "Niaj"}
	rows := make([]map[string]any, count)
	for index := range rows {
		rows[index] = map[string]any{
			"id":    int64(index),
			"age":   int64(index % 99),
			"name":  first[index%12] + " " + strconv.FormatInt(int64(index)*2654435761%4294967296, 36),
			"email": strconv.FormatInt(int64(index)*40503%16777216, 36) + "@example.org",
			"score": float64(index%1000)/7 + 0.5,
		}
	}
	return rows
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func cpuTime() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e6
}

func main() {
	port, mode, workload, count := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	fetchSize, err := strconv.Atoi(os.Args[5])
	must(err)
	batches, err := strconv.Atoi(count)
	must(err)
	ctx := context.Background()
	driver, err := neo4j.NewDriverWithContext("bolt://127.0.0.1:"+port, neo4j.BasicAuth("neo4j", "replayed", ""))
	must(err)
	defer driver.Close(ctx)
	var rows []map[string]any
	if mode == "ingest" {
		rows = ingestRows(5000)
	}
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() && input.Text() != "end" {
		var pass sums
		cpu, start := cpuTime(), time.Now()
		session := driver.NewSession(ctx, neo4j.SessionConfig{FetchSize: fetchSize})
		if mode == "ingest" {
			for batch := 0; batch < batches; batch++ {
				result, err := session.Run(ctx, "UNWIND $rows AS row MERGE (p:Person {id: row.id}) SET p += row", map[string]any{"rows": rows})
				must(err)
				_, err = result.Consume(ctx)
				must(err)
				pass.Rows += int64(len(rows))
			}
		} else {
			result, err := session.Run(ctx, "REPLAY "+workload+" "+count, nil)
			must(err)
			for result.Next(ctx) {
				if workload == "nodes" {
					pass.addNode(result.Record())
				} else {
					pass.addRow(result.Record())
				}
			}
			must(result.Err())
		}
		must(session.Close(ctx))
		pass.Ms = float64(time.Since(start).Nanoseconds()) / 1e6
		pass.Cpu = cpuTime() - cpu
		line, err := json.Marshal(pass)
		must(err)
		fmt.Println(string(line))
	}
}
