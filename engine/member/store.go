package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"laurel/engine/db"
)

// record is a member's row.
type record struct {
	Ref
	email, displayName, firstName, lastName string
	avatar, language, timezone              string
	passwordHash                            string // empty when the member has no password
	emailVerified                           bool
	tags                                    []string
	accessLevel                             int
	referredBy                              string // member id
	externalID                              string
	fields                                  map[string]string
	lastLogin, lastSeen                     time.Time
	deletedAt, createdAt, updatedAt         time.Time
}

const columns = `m.id, m.no, m.username, m.role, m.is_dummy, m.deleted_at, m.email, m.display_name, m.first_name, m.last_name,
m.avatar, m.language, m.timezone, m.password_hash, m.email_verified, m.tags, m.access_level, m.referred_by, m.external_id, m.custom,
m.last_login_at, m.last_seen_at, m.created_at, m.updated_at`

type scanner interface{ Scan(...any) error }

func scanRecord(row scanner) (record, error) {
	var r record
	var tags, custom string
	var deleted, login, seen, created, updated int64
	err := row.Scan(&r.ID, &r.No, &r.Username, &r.Role, &r.IsDummy, &deleted, &r.email, &r.displayName, &r.firstName, &r.lastName,
		&r.avatar, &r.language, &r.timezone, &r.passwordHash, &r.emailVerified, &tags, &r.accessLevel, &r.referredBy, &r.externalID,
		&custom, &login, &seen, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return r, errUserNotFound
	}
	if err != nil {
		return r, fmt.Errorf("read member: %w", err)
	}
	r.Deleted = deleted != 0
	r.deletedAt, r.lastLogin, r.lastSeen = moment(deleted), moment(login), moment(seen)
	r.createdAt, r.updatedAt = moment(created), moment(updated)
	if r.tags, err = tagsOf(tags); err == nil {
		r.fields, err = fieldsOf(custom)
	}
	return r, wrap(err, "values of member "+r.ID)
}

// selectBy finds a row by one of the unique columns that refKey names.
func selectBy(ctx context.Context, q db.Querier, communityID, column, key string) (record, error) {
	return scanRecord(q.QueryRow(ctx, `SELECT `+columns+` FROM members m WHERE m.community_id = $1 AND `+equals(column),
		communityID, keyArg(column, key)))
}

func selectByID(ctx context.Context, q db.Querier, communityID, id string) (record, error) {
	return selectBy(ctx, q, communityID, "id", id)
}

// equals is the condition on a unique column. Those that may be empty have an
// index over the others only, which databases use when the query says so.
func equals(column string) string {
	if column == "email_key" || column == "external_id" {
		return column + ` = $2 AND ` + column + ` <> ''`
	}
	return column + ` = $2`
}

// keyArg gives numbers to the number column; PostgreSQL wants the type.
func keyArg(column, key string) any {
	if column == "no" {
		return numberOf(key)
	}
	return key
}

func selectRef(ctx context.Context, q db.Querier, communityID, column, key string) (Ref, error) {
	r, err := scanRef(q.QueryRow(ctx, `SELECT `+refColumns+` FROM members WHERE community_id = $1 AND `+equals(column), communityID, keyArg(column, key)))
	if errors.Is(err, sql.ErrNoRows) {
		return r, errUserNotFound
	}
	return r, wrap(err, "resolve member")
}

const refColumns = `id, no, username, role, is_dummy, deleted_at`

func scanRef(row interface{ Scan(to ...any) error }, more ...any) (r Ref, err error) {
	var deleted int64
	err = row.Scan(append([]any{&r.ID, &r.No, &r.Username, &r.Role, &r.IsDummy, &deleted}, more...)...)
	r.Deleted = deleted != 0
	return r, err
}

// selectRefs finds the members that keys of a unique column name.
func selectRefs(ctx context.Context, sets *db.Sets, d *db.DB, communityID, column string, keys []string, each func(key string, r Ref)) error {
	scan := func(rows *sql.Rows) error {
		var key string
		r, err := scanRef(rows, &key)
		each(key, r)
		return err
	}
	if column == "no" {
		nos := make([]int64, len(keys))
		for i, key := range keys {
			nos[i] = numberOf(key)
		}
		where, args := numbered(d.Dialect(), communityID, nos)
		return wrap(db.Each(ctx, d.Read(), `SELECT `+refColumns+`, CAST(no AS TEXT) FROM members m`+where, args, scan), "resolve members")
	}
	filled := ""
	if column == "email_key" {
		filled = ` AND email_key <> ''`
	}
	return wrap(sets.Select(ctx, d.Read(), `SELECT `+refColumns+`, `+column+` AS named FROM members WHERE community_id = $1`+filled+` AND `+column,
		[]any{communityID}, keys, scan), "resolve members")
}

const cardColumns = `m.id, m.no, m.username, m.display_name, m.avatar, m.role, m.tags, m.is_dummy, m.deleted_at, m.custom`

// numbered is the condition that a member has one of the numbers. Their count
// is rounded up to a power of two, so that few statements are prepared; the
// last number is repeated to fill up.
func numbered(dialect db.Dialect, communityID string, nos []int64) (where string, args []any) {
	size := 8
	for size < len(nos) {
		size *= 2
	}
	args = make([]any, 0, size+1)
	args = append(args, communityID)
	for i := range size {
		args = append(args, nos[min(i, len(nos)-1)])
	}
	all := params(dialect, 1, size+1)
	first, rest, _ := strings.Cut(all, ",")
	return ` WHERE m.community_id = ` + first + ` AND m.no IN (` + rest + `)`, args
}

func selectCards(ctx context.Context, d *db.DB, communityID string, nos []int64, each func(Card)) error {
	where, args := numbered(d.Dialect(), communityID, nos)
	rows, err := d.Read().Query(ctx, `SELECT `+cardColumns+` FROM members m`+where, args...)
	if err != nil {
		return fmt.Errorf("read cards: %w", err)
	}
	return eachCard(rows, each)
}

func selectCardsAfter(ctx context.Context, q db.Querier, communityID string, after int64, limit int, each func(Card)) error {
	rows, err := q.Query(ctx, `SELECT `+cardColumns+` FROM members m WHERE m.community_id = $1 AND m.no > $2 ORDER BY m.no LIMIT $3`,
		communityID, after, limit)
	if err != nil {
		return fmt.Errorf("read cards: %w", err)
	}
	return eachCard(rows, each)
}

func eachCard(rows *sql.Rows, each func(Card)) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c Card
		var tags, custom string
		var deleted int64
		err := rows.Scan(&c.ID, &c.No, &c.Username, &c.DisplayName, &c.Avatar, &c.Role, &tags, &c.IsDummy, &deleted, &custom)
		if err == nil {
			c.Tags, err = tagsOf(tags)
		}
		if err == nil {
			c.Fields, err = fieldsOf(custom)
		}
		if err != nil {
			return fmt.Errorf("read card: %w", err)
		}
		c.Deleted = deleted != 0
		if c.DisplayName == "" {
			c.DisplayName = c.Username
		}
		each(c)
	}
	return rows.Err()
}

// params is a list of n parameters. SQLite looks a numbered one up by a walk
// over all of them, which is square in their number: there long lists go with
// question marks.
func params(dialect db.Dialect, first, n int) string {
	if dialect == db.SQLite {
		return "?" + strings.Repeat(",?", n-1)
	}
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String()
}

// takeNumbers hands out n member numbers that follow each other; it returns
// the first.
func takeNumbers(ctx context.Context, tx *db.Tx, communityID string, n int) (int64, error) {
	var last int64
	err := tx.QueryRow(ctx, `INSERT INTO counters (community_id, name, n) VALUES ($1, 'members', $2)
		ON CONFLICT (community_id, name) DO UPDATE SET n = counters.n + excluded.n RETURNING n`, communityID, n).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("number members: %w", err)
	}
	return last - int64(n) + 1, nil
}

const insertColumns = `community_id, id, no, username, username_key, email, email_key, display_name, first_name, last_name, avatar,
language, timezone, password_hash, email_verified, role, tags, access_level, is_dummy, referred_by, external_id, custom,
last_login_at, last_seen_at, created_at, updated_at`

const insertWidth = 26

func insertArgs(communityID string, r record) []any {
	return []any{
		communityID, r.ID, r.No, r.Username, usernameKey(r.Username), r.email, emailKey(r.email), r.displayName, r.firstName,
		r.lastName, r.avatar, r.language, r.timezone, r.passwordHash, r.emailVerified, string(r.Role), jsonOf(r.tags, "[]"), r.accessLevel,
		r.IsDummy, r.referredBy, r.externalID, jsonOf(r.fields, "{}"), micros(r.lastLogin), micros(r.lastSeen),
		micros(r.createdAt), micros(r.updatedAt),
	}
}

// insert stores one row.
func insert(ctx context.Context, tx *db.Tx, communityID string, r record) error {
	_, err := tx.Exec(ctx, insertText(db.PostgreSQL, 1), insertArgs(communityID, r)...)
	return wrap(err, "insert member")
}

// insertMany stores rows with statements of up to size rows; PostgreSQL takes
// 65,535 parameters, SQLite 32,766.
func insertMany(ctx context.Context, tx *db.Tx, dialect db.Dialect, communityID string, rows []record, size int) error {
	text := insertText(dialect, size)
	args := make([]any, 0, size*insertWidth)
	for len(rows) > 0 {
		part := rows[:min(len(rows), size)]
		rows = rows[len(part):]
		if len(part) < size {
			text = insertText(dialect, len(part))
		}
		args = args[:0]
		for _, r := range part {
			args = append(args, insertArgs(communityID, r)...)
		}
		if _, err := tx.Exec(ctx, text, args...); err != nil {
			return fmt.Errorf("insert members: %w", err)
		}
	}
	return nil
}

// insertText is the statement for a number of rows.
func insertText(dialect db.Dialect, rows int) string {
	values := make([]string, rows)
	for i := range values {
		values[i] = "(" + params(dialect, i*insertWidth+1, insertWidth) + ")"
	}
	return `INSERT INTO members (` + insertColumns + `) VALUES ` + strings.Join(values, ",")
}

// update writes every column that can change.
func update(ctx context.Context, tx *db.Tx, communityID string, r record) error {
	_, err := tx.Exec(ctx, `UPDATE members SET username = $3, username_key = $4, email = $5, email_key = $6, display_name = $7,
		first_name = $8, last_name = $9, avatar = $10, language = $11, timezone = $12, password_hash = $13, email_verified = $14,
		role = $15, tags = $16, access_level = $17, is_dummy = $18, referred_by = $19, external_id = $20, custom = $21,
		last_login_at = $22, last_seen_at = $23, deleted_at = $24, updated_at = $25 WHERE community_id = $1 AND id = $2`,
		communityID, r.ID, r.Username, usernameKey(r.Username), r.email, emailKey(r.email), r.displayName, r.firstName, r.lastName,
		r.avatar, r.language, r.timezone, r.passwordHash, r.emailVerified, string(r.Role), jsonOf(r.tags, "[]"), r.accessLevel,
		r.IsDummy, r.referredBy, r.externalID, jsonOf(r.fields, "{}"), micros(r.lastLogin), micros(r.lastSeen),
		micros(r.deletedAt), micros(r.updatedAt))
	return wrap(err, "update member "+r.ID)
}

// holders says who has the unique values of r already, other than r itself.
func holders(ctx context.Context, q db.Querier, communityID string, r record) (username, email, external record, err error) {
	for _, look := range []struct {
		column, key string
		into        *record
	}{
		{"username_key", usernameKey(r.Username), &username}, {"email_key", emailKey(r.email), &email}, {"external_id", r.externalID, &external},
	} {
		if look.key == "" {
			continue
		}
		found, err := selectBy(ctx, q, communityID, look.column, look.key)
		if err != nil && !isUnknownUser(err) {
			return username, email, external, err
		}
		if err == nil && found.ID != r.ID {
			*look.into = found
		}
	}
	return username, email, external, nil
}

// owners is how many members hold the owner's role, found by the index of the
// team: see filter for the plus.
func owners(ctx context.Context, q db.Querier, communityID string) (n int, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM members WHERE community_id = $1 AND role <> 'member' AND role = 'owner'
		AND +deleted_at = 0`, communityID).Scan(&n)
	return n, wrap(err, "count owners")
}

// stay is the longest time between two sightings of one stay.
const stay = 10 * time.Minute

// touchSeen notes that a member was seen, and how long the stay has lasted since.
func touchSeen(ctx context.Context, tx *db.Tx, communityID, id string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE members SET last_seen_at = $3, time_spent = time_spent + CASE WHEN last_seen_at > 0 AND last_seen_at BETWEEN $4 AND $3
		THEN ($3 - last_seen_at) / 1000000 ELSE 0 END WHERE community_id = $1 AND id = $2`, communityID, id, db.Micros(at), db.Micros(at.Add(-stay)))
	return wrap(err, "note visit")
}

// timeSpent is how many seconds a member was here.
func timeSpent(ctx context.Context, q db.Querier, communityID, id string) (seconds int64, err error) {
	err = q.QueryRow(ctx, `SELECT time_spent FROM members WHERE community_id = $1 AND id = $2`, communityID, id).Scan(&seconds)
	return seconds, wrap(err, "read time spent")
}

// jsonOf is the text of a JSON column; empty stands for nothing.
func jsonOf[T []string | map[string]string](v T, empty string) string {
	if len(v) == 0 {
		return empty
	}
	b, _ := json.Marshal(v) // strings only: cannot fail
	return string(b)
}
