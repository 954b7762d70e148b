package member

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"laurel/engine/db"
)

// filter collects conditions with numbered parameters.
type filter struct {
	where []string
	args  []any
}

func (f *filter) add(condition string, arg any) {
	f.args = append(f.args, arg)
	f.where = append(f.where, strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(f.args))))
}

// either adds a condition that one of the columns holds the text.
func (f *filter) either(columns []string, text string) {
	f.args = append(f.args, "%"+escapeLike(text)+"%")
	mark := "$" + strconv.Itoa(len(f.args))
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = c + " LIKE " + mark + " ESCAPE '!'"
	}
	f.where = append(f.where, strings.Join(parts, " OR "))
}

// orEither widens the last condition.
func (f *filter) orEither(columns []string, text string) {
	f.either(columns, text)
	n := len(f.where)
	f.where = append(f.where[:n-2], f.where[n-2]+" OR "+f.where[n-1])
}

func (f *filter) sql() string { return " WHERE (" + strings.Join(f.where, ") AND (") + ")" }

// key names the filter with its values.
func (f *filter) key() string { return fmt.Sprintf("%s %q", f.sql(), f.args) }

func countMembers(ctx context.Context, q db.Querier, f *filter) (n int, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM members m`+f.sql(), f.args...).Scan(&n)
	return n, wrap(err, "count members")
}

// selectPage reads one page. The inner query skips what comes before the page
// in the index (community_id, deleted_at, no) when the order is the usual one;
// ordering by names or balances sorts the community.
func selectPage(ctx context.Context, q db.Querier, f *filter, order string, limit, offset int) ([]record, error) {
	from := ` FROM members m`
	if strings.HasPrefix(order, "b.") {
		from += ` LEFT JOIN balances b ON b.community_id = m.community_id AND b.member_id = m.id`
		column, direction, _ := strings.Cut(order, " ")
		order = "COALESCE(" + column + ", 0) " + direction
	}
	if !strings.HasPrefix(order, "m.no ") {
		order += ", m.no"
	}
	window := fmt.Sprintf(` ORDER BY %s LIMIT %d OFFSET %d`, order, limit, offset)
	rows, err := q.Query(ctx, `SELECT m.no`+from+f.sql()+window, f.args...)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	nos, err := numbers(rows)
	if err != nil || len(nos) == 0 {
		return nil, err
	}
	return selectByNos(ctx, q, f.args[0], nos)
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
func selectByNos(ctx context.Context, q db.Querier, communityID any, nos []int64) ([]record, error) {
	args := []any{communityID}
	for i := range max(len(nos), 20) {
		args = append(args, nos[min(i, len(nos)-1)])
	}
	rows, err := q.Query(ctx, `SELECT `+columns+` FROM members m WHERE m.community_id = $1 AND m.no IN (`+marks(2, len(args)-1)+`)`, args...)
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
