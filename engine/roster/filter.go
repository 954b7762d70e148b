package roster

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// pageSize is the size of every page, as the reference fixes it.
const pageSize = 200

type filterInput struct{ Body api.UserFilter }

// filter is the reference's search for users.
func (s *Service) filter(ctx context.Context, in *filterInput) (api.FilteredUsers, error) {
	communityID, out := rest.CallerOf(ctx).CommunityID, api.FilteredUsers{}
	if in.Body.Cursor != "" && in.Body.Page != 0 {
		return out, api.InvalidField("cursor", "and page exclude each other")
	}
	after, err := afterCursor(in.Body.Cursor)
	if err != nil {
		return out, err
	}
	t, fields, err := s.table(ctx, communityID)
	if err != nil {
		return out, err
	}
	q, err := s.parse(ctx, communityID, fields, in.Body.Filter)
	if err != nil {
		return out, err
	}
	shown, err := columnsOf(in.Body.Fields, fields)
	if err != nil {
		return out, err
	}
	users, err := s.members.Users(ctx, communityID, t.page(q, after, in.Body.Page, &out))
	out.Users = make([]map[string]any, len(users))
	for i, u := range users {
		out.Users[i] = project(u, shown)
	}
	return out, err
}

// page finds the numbers of one page and notes where it lies.
func (t *table) page(q query, after int64, page int, out *api.FilteredUsers) []int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if page == 0 {
		nos, more := t.match(q, after, pageSize)
		if more {
			out.NextCursor = cursorAfter(nos[len(nos)-1])
		}
		return nos
	}
	nos, _ := t.match(q, 0, 0)
	total, pages := len(nos), (len(nos)+pageSize-1)/pageSize
	out.CurrentPage, out.TotalPages, out.Total = page, &pages, &total
	from := min((page-1)*pageSize, total)
	return nos[from:min(from+pageSize, total)]
}

// A cursor is the number of the last member of its page; members keep their
// numbers, so that nobody is shown twice or passed over.
const cursorHead = "u1-"

func cursorAfter(no int64) string { return cursorHead + strconv.FormatInt(no, 36) }

func afterCursor(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	text, ok := strings.CutPrefix(cursor, cursorHead)
	no, err := strconv.ParseInt(text, 36, 32)
	if !ok || err != nil || no < 1 {
		return 0, api.InvalidField("cursor", "must be a next_cursor that this list gave")
	}
	return no, nil
}

// shownColumn is one column of the reply.
type shownColumn struct {
	name  string
	value func(u api.User) any
}

// builtIn are the columns of the member itself, by their database names.
func builtIn() []shownColumn {
	wallet := func(get func(w api.Wallet) int64) func(api.User) any {
		return func(u api.User) any {
			if u.Wallet == nil {
				return int64(0)
			}
			return get(*u.Wallet)
		}
	}
	return []shownColumn{
		{"_id", func(u api.User) any { return u.ID }}, {"user_id", func(u api.User) any { return u.Number }},
		{"username", func(u api.User) any { return u.Username }}, {"email", func(u api.User) any { return u.Email }},
		{"first_name", func(u api.User) any { return u.FirstName }}, {"last_name", func(u api.User) any { return u.LastName }},
		{"display_name", func(u api.User) any { return u.DisplayName }}, {"join_date", func(u api.User) any { return u.CreatedAt }},
		{"xp", wallet(func(w api.Wallet) int64 { return w.XP })}, {"coins", wallet(func(w api.Wallet) int64 { return w.Coins })},
		{"premium", wallet(func(w api.Wallet) int64 { return w.Premium })}, {"role", func(u api.User) any { return u.Role }},
		{"language", func(u api.User) any { return u.Language }}, {"tags", func(u api.User) any { return u.Tags }},
		{"last_login", func(u api.User) any { return u.LastLogin }},
		{"tier", func(u api.User) any {
			if u.Wallet == nil || u.Wallet.Tier == nil {
				return nil
			}
			return u.Wallet.Tier.Name
		}},
	}
}

// further are columns that are shown only when a request names them.
func further() []shownColumn {
	wallet := func(get func(w api.Wallet) any) func(api.User) any {
		return func(u api.User) any {
			if u.Wallet == nil {
				return get(api.Wallet{})
			}
			return get(*u.Wallet)
		}
	}
	return []shownColumn{
		{"level", wallet(func(w api.Wallet) any { return w.Level })}, {"messages", wallet(func(w api.Wallet) any { return w.Messages })},
		{"replies", wallet(func(w api.Wallet) any { return w.Replies })}, {"reactions", wallet(func(w api.Wallet) any { return w.Reactions })},
		{"referrals", wallet(func(w api.Wallet) any { return w.Referrals })}, {"visits", wallet(func(w api.Wallet) any { return w.Visits })},
		{"streak", wallet(func(w api.Wallet) any { return w.Streak })}, {"last_seen", func(u api.User) any { return u.LastSeen }},
		{"is_dummy", func(u api.User) any { return u.IsDummy }}, {"is_deleted", func(u api.User) any { return u.IsDeleted }},
		{"email_verified", func(u api.User) any { return u.EmailVerified }},
	}
}

// columnsOf finds the columns that a request names; all when it names none.
func columnsOf(names []string, fields []member.Field) ([]shownColumn, error) {
	all := builtIn()
	for _, f := range fields {
		all = append(all, shownColumn{f.Field, fieldValue(f)})
	}
	if len(names) == 0 {
		return all, nil
	}
	all = append(all, further()...)
	out := make([]shownColumn, 0, len(names))
	for _, name := range names {
		i := slices.IndexFunc(all, func(c shownColumn) bool { return c.name == name })
		if i < 0 {
			if name == "id" {
				i = 1
			} else if k := slices.IndexFunc(fields, func(f member.Field) bool { return f.ID == name || strings.EqualFold(f.Name, name) }); k >= 0 {
				i = len(builtIn()) + k
			}
		}
		if i < 0 {
			return nil, api.InvalidField("fields", "holds "+name+", which is no column and no user field of this community")
		}
		out = append(out, shownColumn{name, all[i].value})
	}
	return out, nil
}

// fieldValue gives a user field's value in its own type; null for none.
func fieldValue(f member.Field) func(u api.User) any {
	return func(u api.User) any {
		text, ok := u.CustomFields[f.Field]
		switch {
		case !ok:
			return nil
		case f.IsNumber() && text != api.Masked:
			if n, err := strconv.ParseFloat(text, 64); err == nil {
				return n
			}
		case f.Type == "boolean" && text != api.Masked:
			return text == "true"
		}
		return text
	}
}

func project(u api.User, columns []shownColumn) map[string]any {
	out := make(map[string]any, len(columns))
	for _, c := range columns {
		out[c.name] = c.value(u)
	}
	return out
}
