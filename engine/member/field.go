package member

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type (
	fieldsInput struct {
		CommunityID string `path:"cid"`
	}
	fieldInput struct {
		CommunityID string `path:"cid"`
		FieldID     string `path:"fieldId" maxLength:"100"`
	}
	newFieldInput struct {
		CommunityID string `path:"cid"`
		Body        api.NewUserField
	}
	putFieldInput struct {
		CommunityID string `path:"cid"`
		FieldID     string `path:"fieldId" maxLength:"100"`
		Body        api.NewUserField
	}
)

func (s *Service) userFields(ctx context.Context, in *fieldsInput) ([]api.UserField, error) {
	rows, err := listFields(ctx, s.k.DB().Read(), in.CommunityID)
	if err != nil {
		return nil, err
	}
	out := make([]api.UserField, len(rows))
	makers := map[string]*api.UserDigest{}
	for i, f := range rows {
		if _, known := makers[f.creatorID]; !known {
			if makers[f.creatorID], err = s.maker(ctx, in.CommunityID, f.creatorID); err != nil {
				return nil, err
			}
		}
		out[i] = f.view(in.CommunityID, makers[f.creatorID])
	}
	return out, nil
}

func (f fieldRow) view(communityID string, maker *api.UserDigest) api.UserField {
	out := f.UserField
	out.Community, out.Creator = communityID, maker
	return out
}

// maker is who made a field; nil for keys and for members that are gone.
func (s *Service) maker(ctx context.Context, communityID, id string) (*api.UserDigest, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // the wire says null
	}
	r, err := selectByID(ctx, s.k.DB().Read(), communityID, id)
	if isUnknownUser(err) {
		return nil, nil //nolint:nilnil // the wire says null
	}
	d := r.digest()
	return &d, err
}

func (s *Service) shown(ctx context.Context, communityID string, f fieldRow) (api.UserField, error) {
	maker, err := s.maker(ctx, communityID, f.creatorID)
	return f.view(communityID, maker), err
}

func (s *Service) userField(ctx context.Context, in *fieldInput) (api.UserField, error) {
	f, err := selectField(ctx, s.k.DB().Read(), in.CommunityID, in.FieldID)
	if err != nil {
		return api.UserField{}, err
	}
	return s.shown(ctx, in.CommunityID, f)
}

func (s *Service) createField(ctx context.Context, in *newFieldInput) (api.UserField, error) {
	now := s.k.Now()
	f := fieldRow{creatorID: rest.CallerOf(ctx).MemberID}
	f.ID, f.CreatedAt, f.UpdatedAt = api.NewIDAt(now), api.At(now), api.At(now)
	f.Field = fieldKey(in.Body.Field, in.Body.Name)
	if err := f.set(in.Body); err != nil {
		return api.UserField{}, err
	}
	if err := checkFieldKey(f.Field); err != nil {
		return api.UserField{}, err
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		known, err := listFields(ctx, tx, in.CommunityID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(known, func(k fieldRow) bool { return k.Field == f.Field }) {
			return errFieldTaken
		}
		if err := insertField(ctx, tx, in.CommunityID, f); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, in.CommunityID, f.change("create", nil, f.UserField))
	})
	if err != nil {
		return api.UserField{}, err
	}
	return s.shown(ctx, in.CommunityID, f)
}

var errFieldTaken = api.NewError(api.Conflict, "user_field_taken", "Another user field has that key.", api.FieldError{Field: "field", Message: "is taken"})

func (f fieldRow) change(verb string, before, after any) rest.Change {
	return rest.Change{Action: "user-field." + verb, TargetType: "user-field", TargetID: f.ID, TargetName: f.Name, Before: before, After: after}
}

func (s *Service) updateField(ctx context.Context, in *putFieldInput) (api.UserField, error) {
	var f fieldRow
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		before, err := selectField(ctx, tx, in.CommunityID, in.FieldID)
		if err != nil {
			return err
		}
		f = before
		if in.Body.Field != "" && fieldKey(in.Body.Field, "") != f.Field {
			return api.InvalidField("field", "cannot be changed once values may stand under it")
		}
		if err := f.set(in.Body); err != nil {
			return err
		}
		f.UpdatedAt = api.At(s.k.Now())
		if err := updateField(ctx, tx, in.CommunityID, f); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, in.CommunityID, f.change("update", before.UserField, f.UserField))
	})
	if err != nil {
		return api.UserField{}, err
	}
	return s.shown(ctx, in.CommunityID, f)
}

// deleteField removes the field, then its values in portions, so that a
// million members do not hold up every other write.
func (s *Service) deleteField(ctx context.Context, in *fieldInput) (api.UserField, error) {
	const portion = 2000
	var f fieldRow
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if f, err = selectField(ctx, tx, in.CommunityID, in.FieldID); err != nil {
			return err
		}
		if err := deleteField(ctx, tx, in.CommunityID, f.ID); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, in.CommunityID, f.change("delete", f.UserField, nil))
	})
	if err != nil {
		return api.UserField{}, err
	}
	ctx = context.WithoutCancel(ctx)
	for after, next := int64(0), int64(0); ; after = next {
		err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			next, err = dropValues(ctx, tx, in.CommunityID, f.Field, after, portion)
			return err
		})
		if err != nil {
			return api.UserField{}, err
		}
		if next == 0 {
			return s.shown(ctx, in.CommunityID, f)
		}
	}
}

// fieldKey is the database key of a field: spaces become hyphens; taken from
// the name when none is given.
func fieldKey(field, name string) string {
	key := clean(field)
	if key == "" {
		key = strings.ToLower(clean(name))
		if runes := []rune(key); len(runes) > 50 {
			key = strings.TrimSpace(string(runes[:50]))
		}
	}
	return strings.Join(strings.Fields(key), "-")
}

func checkFieldKey(key string) error {
	n := utf8.RuneCountInString(key)
	switch {
	case n < 1 || n > 50:
		return api.InvalidField("field", "must have 1 to 50 characters")
	case strings.ContainsFunc(key, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
	}):
		return api.InvalidField("field", "may hold letters, digits, hyphens, underscores and dots")
	case slices.Contains(builtIn(), strings.ToLower(key)):
		return api.InvalidField("field", "is the name of a built-in field")
	}
	return nil
}

// builtIn are the names by which requests mean a member's own properties.
func builtIn() []string {
	return []string{"_id", "id", "userid", "user_id", "username", "email", "first_name", "last_name", "join_date", "xp", "coins", "premium"}
}

// set takes over what can be changed of a field, checked.
func (f *fieldRow) set(in api.NewUserField) error {
	f.Name, f.Type, f.Options, f.Default = clean(in.Name), in.Type, nil, ""
	f.Description, f.Required, f.Private = clean(in.Description), in.Required, in.Private
	if f.Name == "" {
		return api.InvalidField("name", "must have 1 to 100 characters")
	}
	if err := first(checkText("name", f.Name, 100), f.setOptions(in)); err != nil || in.Default == nil || in.Default == "" {
		return err
	}
	var problem string
	if f.Default, problem = f.canonical(in.Default); problem != "" {
		return api.InvalidField("defaultValue", problem)
	}
	return nil
}

func (f *fieldRow) setOptions(in api.NewUserField) error {
	if in.Type != "select" {
		return nil
	}
	if len(in.Options) == 0 {
		return api.InvalidField("options", "must name what can be selected")
	}
	for _, o := range in.Options {
		o = clean(o)
		if o == "" || slices.Contains(f.Options, o) || checkText("options", o, 100) != nil {
			return api.InvalidField("options", "must be different texts of 1 to 100 characters")
		}
		f.Options = append(f.Options, o)
	}
	return nil
}

// CreateField makes a user field as the demo and imports do. Errors: Invalid
// with the field, Conflict user_field_taken.
func (s *Service) CreateField(ctx context.Context, communityID string, in api.NewUserField) (api.UserField, error) {
	return s.createField(ctx, &newFieldInput{communityID, in})
}

// HasNumber reports whether the community has a numerical field of that key.
func (s *Service) HasNumber(ctx context.Context, communityID, key string) (yes bool, err error) {
	err = s.k.DB().Read().QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM user_fields WHERE community_id = $1 AND field = $2 AND type IN ('number', 'numerical'))`,
		communityID, key).Scan(&yes)
	return yes, err
}
