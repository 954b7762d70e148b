package member

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// historyRow is one change of one value, as it is stored.
type historyRow struct {
	api.FieldHistory
	private bool
}

// historyCount keeps the ids of one moment in their order.
var historyCount atomic.Uint32

// historyID is an ObjectId whose order is that of the changes of this process.
func historyID(at time.Time) string {
	var b [12]byte
	binary.BigEndian.PutUint32(b[:4], uint32(at.Unix())) // ObjectIds hold 32-bit seconds by definition
	binary.BigEndian.PutUint32(b[4:8], historyCount.Add(1))
	_, _ = rand.Read(b[8:])
	return hex.EncodeToString(b[:])
}

// differences are the changes from one set of values to another, in the order
// of their keys; values without a field are passed over.
func differences(r record, before map[string]string, fields []fieldRow) []historyRow {
	keys := map[string]bool{}
	for _, side := range []map[string]string{before, r.fields} {
		for key := range side {
			keys[key] = true
		}
	}
	var out []historyRow
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		i := slices.IndexFunc(fields, func(f fieldRow) bool { return f.Field == key })
		if i < 0 || before[key] == r.fields[key] {
			continue
		}
		f := fields[i]
		out = append(out, historyRow{private: f.Private, FieldHistory: api.FieldHistory{
			UserID: r.ID, FieldID: f.ID, Field: f.Field, Name: f.Name, Type: f.Type, OldValue: before[key], NewValue: r.fields[key],
		}})
	}
	return out
}

// noteValues writes one entry for each value that differs from before, in the
// transaction that changes them.
func (s *Service) noteValues(ctx context.Context, tx *db.Tx, communityID string, before, after record) error {
	if maps.Equal(before.fields, after.fields) {
		return nil
	}
	fields, err := listFields(ctx, tx, communityID)
	if err != nil {
		return err
	}
	return s.writeHistory(ctx, tx, communityID, differences(after, before.fields, fields))
}

func (s *Service) writeHistory(ctx context.Context, tx *db.Tx, communityID string, rows []historyRow) error {
	by, source, now := historyBy(ctx), sourceOf(ctx), s.k.Now()
	for i := range rows {
		r := &rows[i]
		r.Actor = by
		if r.Source == "" {
			r.Source = source
		}
		if r.CreatedAt.IsZero() {
			r.CreatedAt = api.At(now)
		}
		r.ID = historyID(r.CreatedAt.Time)
	}
	return insertHistory(ctx, tx, s.k.DB().Dialect(), communityID, rows)
}

func historyBy(ctx context.Context) api.HistoryBy {
	c := rest.CallerOf(ctx)
	switch {
	case c.IsPerson():
		return api.HistoryBy{Type: "user", ID: c.MemberID, Name: c.Name}
	case c.KeyID != "":
		return api.HistoryBy{Type: "key", ID: c.KeyID, Name: c.Name}
	case c.Kind == rest.SystemKey:
		return api.HistoryBy{Type: "key", Name: "System key"}
	}
	return api.HistoryBy{Type: "system"}
}

type (
	historiesInput struct {
		CommunityID string `path:"cid"`
		rest.Paging
	}
	fieldHistoriesInput struct {
		CommunityID string `path:"cid"`
		FieldID     string `path:"fieldId" maxLength:"100" doc:"Id of the field, also of one that is deleted"`
		rest.Paging
	}
	userHistoriesInput struct {
		CommunityID string `path:"cid"`
		UserID      string `path:"userId" maxLength:"254"`
		rest.Paging
	}
	userFieldHistoriesInput struct {
		CommunityID string `path:"cid"`
		UserID      string `path:"userId" maxLength:"254"`
		FieldID     string `path:"fieldId" maxLength:"100" doc:"Id of the field, also of one that is deleted"`
		rest.Paging
	}
	newHistoryInput struct {
		CommunityID string `path:"cid"`
		UserID      string `path:"userId" maxLength:"254"`
		Body        api.NewFieldHistory
	}
)

func (s *Service) histories(ctx context.Context, in *historiesInput) (rest.Page[api.FieldHistory], error) {
	return s.historyPage(ctx, in.CommunityID, historyQuery{}, in.Paging)
}

func (s *Service) fieldHistories(ctx context.Context, in *fieldHistoriesInput) (rest.Page[api.FieldHistory], error) {
	page, err := s.historyPage(ctx, in.CommunityID, historyQuery{fieldID: in.FieldID}, in.Paging)
	return page, s.orUnknownField(ctx, in.CommunityID, in.FieldID, page.Total, err)
}

func (s *Service) userHistories(ctx context.Context, in *userHistoriesInput) (rest.Page[api.FieldHistory], error) {
	who, err := s.Resolve(ctx, in.CommunityID, in.UserID)
	if err != nil {
		return rest.Page[api.FieldHistory]{}, err
	}
	return s.historyPage(ctx, in.CommunityID, historyQuery{memberID: who.ID}, in.Paging)
}

func (s *Service) userFieldHistories(ctx context.Context, in *userFieldHistoriesInput) (rest.Page[api.FieldHistory], error) {
	who, err := s.Resolve(ctx, in.CommunityID, in.UserID)
	if err != nil {
		return rest.Page[api.FieldHistory]{}, err
	}
	page, err := s.historyPage(ctx, in.CommunityID, historyQuery{memberID: who.ID, fieldID: in.FieldID}, in.Paging)
	return page, s.orUnknownField(ctx, in.CommunityID, in.FieldID, page.Total, err)
}

// orUnknownField is NotFound for a field that neither is nor has a history.
func (s *Service) orUnknownField(ctx context.Context, communityID, fieldID string, total int, err error) error {
	if err != nil || total > 0 {
		return err
	}
	known, err := knowsField(ctx, s.k.DB().Read(), communityID, fieldID)
	if err == nil && !known {
		err = errFieldNotFound
	}
	return err
}

func (s *Service) historyPage(ctx context.Context, communityID string, q historyQuery, p rest.Paging) (rest.Page[api.FieldHistory], error) {
	rows, total, err := selectHistory(ctx, s.k.DB().Read(), communityID, q, p)
	if err != nil {
		return rest.Page[api.FieldHistory]{}, err
	}
	out, err := s.shownHistory(ctx, communityID, rows)
	return rest.PageOf(p, out, total), err
}

// shownHistory adds whose values they are and who is behind the changes.
func (s *Service) shownHistory(ctx context.Context, communityID string, rows []historyRow) ([]api.FieldHistory, error) {
	out := make([]api.FieldHistory, len(rows))
	makers := map[string]*api.UserDigest{}
	var err error
	person := func(id string) *api.UserDigest {
		if _, known := makers[id]; !known && err == nil {
			makers[id], err = s.maker(ctx, communityID, id)
		}
		return makers[id]
	}
	for i, r := range rows {
		out[i] = r.FieldHistory
		out[i].User = person(r.UserID)
		if r.Actor.Type == "user" {
			out[i].Creator = person(r.Actor.ID)
		}
	}
	return out, err
}

// createHistory records a change that was made elsewhere.
func (s *Service) createHistory(ctx context.Context, in *newHistoryInput) (api.FieldHistory, error) {
	who, err := s.resolveLive(ctx, in.CommunityID, in.UserID)
	if err != nil {
		return api.FieldHistory{}, err
	}
	row, err := s.historyOf(ctx, in.CommunityID, who, in.Body)
	if err != nil {
		return api.FieldHistory{}, err
	}
	rows := []historyRow{row}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := s.writeHistory(ctx, tx, in.CommunityID, rows); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, in.CommunityID, rest.Change{Action: "user-field-history.create", TargetType: "user", TargetID: who.ID, TargetName: who.Username,
			After: map[string]any{"field": row.Field, "source": row.Source}})
	})
	if err != nil {
		return api.FieldHistory{}, err
	}
	out, err := s.shownHistory(ctx, in.CommunityID, rows)
	if err != nil {
		return api.FieldHistory{}, err
	}
	return out[0], nil
}

func (s *Service) historyOf(ctx context.Context, communityID string, who Ref, in api.NewFieldHistory) (historyRow, error) {
	fields, err := listFields(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return historyRow{}, err
	}
	f, ok := fieldNamed(fields, in.FieldID)
	if !ok {
		return historyRow{}, errFieldNotFound
	}
	r := historyRow{private: f.Private, FieldHistory: api.FieldHistory{UserID: who.ID, FieldID: f.ID, Field: f.Field, Name: f.Name, Type: f.Type, Source: clean(in.Source)}}
	for _, side := range []struct {
		name  string
		value any
		into  *string
	}{{"oldValue", in.OldValue, &r.OldValue}, {"newValue", in.NewValue, &r.NewValue}} {
		if side.value == nil {
			continue
		}
		text, problem := f.canonical(side.value)
		if problem != "" {
			return r, api.InvalidField(side.name, problem)
		}
		*side.into = text
	}
	if r.OldValue == r.NewValue {
		return r, api.InvalidField("newValue", "must differ from oldValue")
	}
	if in.CreatedAt == "" {
		return r, nil
	}
	at, err := api.ParseTime(in.CreatedAt)
	if err != nil || at.After(s.k.Now()) {
		return r, api.InvalidField("createdAt", "must be an RFC 3339 time or a date, not in the future")
	}
	r.CreatedAt = api.At(at)
	return r, nil
}

// historyRoutes registers the operations on histories.
func (s *Service) historyRoutes() {
	const tag, base, read = "User fields", "/v1/communities/{cid}", "Read user field histories success."
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: base + "/user-field-histories", ID: "list-field-histories", Tag: tag, Permission: api.PermUserFields,
		Summary: "Every change of a value in the community, newest first", Message: read}, s.histories)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: base + "/user-fields/{fieldId}/histories", ID: "list-histories-of-field", Tag: tag, Permission: api.PermUserFields,
		Summary: "The changes of one field's values, newest first", Description: "Works for a deleted field too.", Message: read}, s.fieldHistories)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: base + "/users/{userId}/user-field-histories", ID: "list-histories-of-user", Tag: tag, Permission: api.PermUserFields,
		Summary: "The changes of one user's values, newest first", Message: read}, s.userHistories)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: base + "/users/{userId}/user-fields/{fieldId}/histories", ID: "list-histories-of-user-field", Tag: tag,
		Permission: api.PermUserFields, Summary: "The changes of one value of one user, newest first", Message: read}, s.userFieldHistories)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: base + "/users/{userId}/user-field-histories", ID: "create-field-history", Tag: tag, Permission: api.PermUserFields, Status: 201,
		Summary: "Record a change that was made elsewhere", Description: "The present value stays as it is; writing a value records its change by itself.",
		Message: "Create user field history successful"}, s.createHistory)
}

// Fields are the community's user fields in the order of their creation, for
// the nouns that read values.
func (s *Service) Fields(ctx context.Context, communityID string) ([]Field, error) {
	rows, err := listFields(ctx, s.k.DB().Read(), communityID)
	out := make([]Field, len(rows))
	for i, r := range rows {
		out[i] = Field{r}
	}
	return out, err
}

// Field is a user field with the rules of its type.
type Field struct{ fieldRow }

// Canonical gives the stored text of a value, or what is wrong with it.
func (f Field) Canonical(value any) (text, problem string) { return f.canonical(value) }

// IsNumber reports whether the field's values are numbers.
func (f Field) IsNumber() bool { return isNumberType(f.Type) }

// String names the field with its state, so that a change of it is seen.
func (f Field) String() string {
	return fmt.Sprintf("%s %s %s %d", f.ID, f.Field, f.Type, f.UpdatedAt.UnixMicro())
}
