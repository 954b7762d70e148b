package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"laurel/engine/db"
)

// state is what the database holds, read without the server's code for ranks:
// by SQL, sorted in the plainest way.
type state struct {
	ranks   map[int64]int // exact rank by member number
	entries int64         // rows of the ledger
}

// points is one member's place in the order of the all-time XP board.
type points struct {
	no    int64
	score int64
	at    int64 // when the last points came, in microseconds
}

// ranked gives each member's rank: more points first, then who had them
// earlier, then the lower number.
func ranked(all []points) map[int64]int {
	slices.SortFunc(all, func(a, b points) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.at, b.at), cmp.Compare(a.no, b.no))
	})
	ranks := make(map[int64]int, len(all))
	for i, p := range all {
		ranks[p.no] = i + 1
	}
	return ranks
}

const (
	selectPoints = `SELECT member_no, SUM(xp), MAX(occurred_at), COUNT(*) FROM ledger
		WHERE community_id = $1 AND counts AND xp <> 0 GROUP BY member_no`
	selectKeys = `SELECT reference, member_no, xp FROM ledger WHERE community_id = $1 AND reference >= $2 AND reference < $3`
	// a balance that is not the sum of its entries
	selectUneven = `SELECT COUNT(*) FROM balances b LEFT JOIN
		(SELECT member_id, SUM(xp) AS xp, SUM(coins) AS coins FROM ledger WHERE community_id = $1 GROUP BY member_id) l
		ON l.member_id = b.member_id WHERE b.community_id = $1 AND (l.xp IS NULL OR l.xp <> b.xp OR l.coins <> b.coins)`
)

func readState(ctx context.Context, q db.Querier, communityID string) (state, error) {
	rows, err := q.Query(ctx, selectPoints, communityID)
	if err != nil {
		return state{}, err
	}
	defer func() { _ = rows.Close() }()
	var s state
	var all []points
	for rows.Next() {
		var p points
		var n int64
		if err := rows.Scan(&p.no, &p.score, &p.at, &n); err != nil {
			return state{}, err
		}
		s.entries += n
		all = append(all, p)
	}
	s.ranks = ranked(all)
	return s, rows.Err()
}

// entry is a ledger row that an idempotency key stands for.
type entry struct {
	member int64
	xp     int64
	times  int
}

// readKeys reads the rows whose key begins with a prefix.
func readKeys(ctx context.Context, q db.Querier, communityID, prefix string) (map[string]entry, error) {
	rows, err := q.Query(ctx, selectKeys, communityID, prefix, prefix+"~")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	found := map[string]entry{}
	for rows.Next() {
		var key string
		var e entry
		if err := rows.Scan(&key, &e.member, &e.xp); err != nil {
			return nil, err
		}
		e.times = found[key].times + 1
		found[key] = e
	}
	return found, rows.Err()
}

// uneven counts balances that are not the sum of their entries.
func uneven(ctx context.Context, q db.Querier, communityID string) (n int, err error) {
	return n, q.QueryRow(ctx, selectUneven, communityID).Scan(&n)
}

// look opens the database beside or after its server. A SQLite file is copied
// first, so that looking recovers nothing that the next start should recover.
// The result ends with close.
func look(ctx context.Context, data, databaseURL string) (d *db.DB, done func(), err error) {
	path, done := filepath.Join(data, "laurel.db"), func() {}
	if databaseURL == "" {
		folder, err := os.MkdirTemp(filepath.Dir(data), "bench-look-")
		if err != nil {
			return nil, nil, err
		}
		done = func() { _ = os.RemoveAll(folder) }
		for _, suffix := range []string{"", "-wal"} {
			if err := copyFile(path+suffix, filepath.Join(folder, "laurel.db")+suffix); err != nil {
				done()
				return nil, nil, err
			}
		}
		path = filepath.Join(folder, "laurel.db")
	}
	d, err = db.Open(ctx, db.Config{URL: databaseURL, Path: path, Tool: true})
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("look at the database: %w", err)
	}
	remove := done
	return d, func() { _ = d.Close(); remove() }, nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return cmp.Or(err, out.Close())
}
