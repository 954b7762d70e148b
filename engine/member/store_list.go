package member

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"laurel/engine/db"
)

// filter collects conditions with numbered parameters.
type filter struct {
	where  []string
	args   []any
	isScan bool // no index serves it
}

func (f *filter) add(condition string, arg any) {
	f.args = append(f.args, arg)
	f.where = append(f.where, strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(f.args))))
}

// The names of a member in one text, so that a scan looks at each row once.
// SQLite's LIKE folds ASCII letters, PostgreSQL's ILIKE what its locale knows.
const (
	allNames         = `m.username || ' ' || m.email || ' ' || m.display_name || ' ' || m.first_name || ' ' || m.last_name`
	sqliteContains   = `(` + allNames + `) LIKE ? ESCAPE '!'`
	postgresContains = `(` + allNames + `) ILIKE ? ESCAPE '!'`
)

// contains looks for text in all names. Databases may fold ASCII only, so text
// in other letters is looked for as typed, in small letters and capitalised.
func (f *filter) contains(dialect db.Dialect, typed string) {
	f.isScan = true
	like := sqliteContains
	if dialect == db.PostgreSQL {
		like = postgresContains
	}
	forms := []string{typed}
	if strings.ContainsFunc(typed, func(r rune) bool { return r > unicode.MaxASCII }) {
		forms = append(forms, strings.ToLower(typed), cases.Title(language.Und).String(typed))
	}
	var either []string
	for _, form := range forms {
		f.add(like, "%"+escapeLike(form)+"%")
		last := len(f.where) - 1
		either = append(either, f.where[last])
		f.where = f.where[:last]
	}
	f.where = append(f.where, strings.Join(either, " OR "))
}

func (f *filter) sql() string { return " WHERE (" + strings.Join(f.where, ") AND (") + ")" }

// key names the filter with its values.
func (f *filter) key() string { return fmt.Sprintf("%s %q", f.sql(), f.args) }

func countMembers(ctx context.Context, q db.Querier, f *filter) (n int, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM members m`+f.sql(), f.args...).Scan(&n)
	return n, wrap(err, "count members")
}

// selectNumbers gives the numbers of members in order. With the usual order it
// reads the index (community_id, deleted_at, no) only, also far down the list;
// ordering by names or balances sorts the community.
func selectNumbers(ctx context.Context, q db.Querier, f *filter, order, window string) ([]int64, error) {
	from := ` FROM members m`
	if strings.HasPrefix(order, "b.") {
		from += ` LEFT JOIN balances b ON b.community_id = m.community_id AND b.member_id = m.id`
		column, direction, _ := strings.Cut(order, " ")
		order = "COALESCE(" + column + ", 0) " + direction
	}
	if !strings.HasPrefix(order, "m.no ") {
		order += ", m.no"
	}
	rows, err := q.Query(ctx, `SELECT m.no`+from+f.sql()+` ORDER BY `+order+window, f.args...)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	return numbers(rows)
}

func numbers(rows *sql.Rows) ([]int64, error) {
	defer func() { _ = rows.Close() }()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, fmt.Errorf("list members: %w", err)
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// selectByNos reads members in the order of their numbers' list.
func selectByNos(ctx context.Context, d *db.DB, communityID string, nos []int64) ([]record, error) {
	return selectRecords(ctx, d.Read(), d.Dialect(), communityID, nos)
}

// selectRecords is selectByNos over any connection.
func selectRecords(ctx context.Context, q db.Querier, dialect db.Dialect, communityID string, nos []int64) ([]record, error) {
	if len(nos) == 0 {
		return nil, nil
	}
	where, args := numbered(dialect, communityID, nos)
	rows, err := q.Query(ctx, `SELECT `+columns+` FROM members m`+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	defer func() { _ = rows.Close() }()
	found := map[int64]record{}
	for rows.Next() {
		r, err := scanRecord(rows)
		if err != nil {
			return nil, err
		}
		found[r.No] = r
	}
	return inOrder(found, nos), rows.Err()
}

func updateTags(ctx context.Context, tx *db.Tx, communityID, id string, tags []string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE members SET tags = $3, updated_at = $4 WHERE community_id = $1 AND id = $2`, communityID, id, jsonOf(tags, "[]"), db.Micros(now))
	return wrap(err, "tag member "+id)
}

func inOrder(found map[int64]record, nos []int64) []record {
	out := make([]record, 0, len(nos))
	for _, no := range nos {
		if r, ok := found[no]; ok {
			out = append(out, r)
		}
	}
	return out
}

// earnedOn is what a member earned on a day of its community's zone.
func earnedOn(ctx context.Context, q db.Querier, communityID, memberID, day string) (xp, coins int64, err error) {
	err = q.QueryRow(ctx, `SELECT today_xp, today_coins FROM balances WHERE community_id = $1 AND member_id = $2 AND today = $3`,
		communityID, memberID, day).Scan(&xp, &coins)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return xp, coins, wrap(err, "earned today")
}
