package db_test

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// callers is how many write at once in the benchmarks below.
const callers = 32

// each engine flushes every commit to disk: SQLite with FULL, PostgreSQL with
// fsync, which PostgresURL switches on for benchmarks.
func engines(b *testing.B, fn func(b *testing.B, d *db.DB)) {
	b.Run("sqlite", func(b *testing.B) { fn(b, dbtest.Open(b)) })
	b.Run("postgres", func(b *testing.B) { fn(b, dbtest.OpenPostgres(b)) })
}

func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{1, callers} {
		b.Run(strconv.Itoa(n)+"callers", func(b *testing.B) {
			engines(b, func(b *testing.B, d *db.DB) {
				table(b, d)
				concurrently(b, n, func(id int) error { return d.Write(context.Background(), insert(id)) })
			})
		})
	}
}

func BenchmarkBatcher(b *testing.B) {
	for _, n := range []int{1, callers, 16 * callers} {
		b.Run(strconv.Itoa(n)+"callers", func(b *testing.B) {
			engines(b, func(b *testing.B, d *db.DB) {
				table(b, d)
				batcher := db.NewBatcher(d, 512, insertSet, nil)
				concurrently(b, n, func(id int) error {
					_, err := batcher.Do(context.Background(), id)
					return err
				})
			})
		})
	}
}

// concurrently makes b.N calls from n goroutines and reports calls per second.
func concurrently(b *testing.B, n int, call func(id int) error) {
	b.Helper()
	var next atomic.Int64
	var done sync.WaitGroup
	b.ResetTimer()
	for range n {
		done.Go(func() {
			for id := next.Add(1); id <= int64(b.N); id = next.Add(1) {
				if err := call(int(id)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	done.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
}

// insertSet adds a whole group with one statement.
func insertSet(ctx context.Context, tx *db.Tx, in []int) ([]int, []error, error) {
	var list strings.Builder
	for i, id := range in {
		if i > 0 {
			list.WriteByte(',')
		}
		list.WriteString(strconv.Itoa(id))
	}
	query := `INSERT INTO note (id, text) SELECT CAST(value AS BIGINT), 'note' FROM json_each($1)`
	if tx.Dialect() == db.PostgreSQL {
		query = `INSERT INTO note (id, text) SELECT CAST(value AS BIGINT), 'note' FROM json_array_elements_text(CAST($1 AS json))`
	}
	_, err := tx.Exec(ctx, query, "["+list.String()+"]")
	return in, nil, err
}

func BenchmarkRead(b *testing.B) {
	engines(b, func(b *testing.B, d *db.DB) {
		table(b, d)
		mustWrite(b, d, `INSERT INTO note (id, text) VALUES (1, 'note')`)
		b.ResetTimer()
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				var text string
				if err := d.Read().QueryRow(context.Background(), `SELECT text FROM note WHERE id = $1`, 1).Scan(&text); err != nil {
					b.Error(err)
				}
			}
		})
	})
}
