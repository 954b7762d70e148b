package member

import (
	"context"
	"slices"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Create makes a member as a partner or the team asks for it; whether the
// caller may give the role is the caller's to check. Errors: Invalid with the
// field; Conflict username_taken, email_taken, external_id_taken.
func (s *Service) Create(ctx context.Context, communityID string, in api.NewUser) (api.User, error) {
	r, set, err := s.draft(ctx, communityID, in)
	if err != nil {
		return api.User{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := s.add(ctx, tx, communityID, &r); err != nil {
			return err
		}
		if err := s.welcome(ctx, tx, communityID, r, in); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "user.create", TargetType: "user", TargetID: r.ID,
			TargetName: r.Username, After: auditView(r)})
	})
	if err != nil {
		return api.User{}, taken(err)
	}
	s.arrived(ctx, communityID, r, set)
	return s.user(ctx, communityID, r)
}

// arrived tells the other nouns about a newcomer.
func (s *Service) arrived(ctx context.Context, communityID string, r record, set []setValue) {
	s.changed(communityID, r.Ref)
	s.tellFields(ctx, communityID, r.Ref, set)
	if r.emailVerified {
		s.tellReferral(ctx, communityID, r)
	}
}

// tellReferral credits the one who brought the newcomer, if anybody did.
func (s *Service) tellReferral(ctx context.Context, communityID string, newcomer record) {
	if newcomer.referredBy == "" || s.OnReferral == nil {
		return
	}
	referrer, err := s.resolveLive(ctx, communityID, newcomer.referredBy)
	if err == nil {
		s.OnReferral(ctx, communityID, referrer, newcomer.Ref)
	}
}

// add numbers and stores a newcomer, unless its names are taken. It runs in a
// transaction that may run again, so it sets what it changes anew.
func (s *Service) add(ctx context.Context, tx *db.Tx, communityID string, r *record) error {
	if err := free(ctx, tx, communityID, *r); err != nil {
		return err
	}
	no, err := takeNumbers(ctx, tx, communityID, 1)
	if err != nil {
		return err
	}
	r.No = no
	if err := insert(ctx, tx, communityID, *r); err != nil {
		return err
	}
	return s.noteValues(ctx, tx, communityID, record{}, *r)
}

// free is a Conflict when somebody else has one of the unique values of r.
func free(ctx context.Context, q db.Querier, communityID string, r record) error {
	username, email, external, err := holders(ctx, q, communityID, r)
	switch {
	case err != nil:
		return err
	case username.ID != "":
		return conflict("username")
	case email.ID != "":
		return conflict("email")
	case external.ID != "":
		return conflict("externalId")
	}
	return nil
}

func conflict(field string) error {
	code := map[string]string{"username": "username_taken", "email": "email_taken", "externalId": "external_id_taken"}[field]
	return api.NewError(api.Conflict, code, "Another user has that "+field+".", api.FieldError{Field: field, Message: "is taken"})
}

// draft checks every field of a new member.
func (s *Service) draft(ctx context.Context, communityID string, in api.NewUser) (record, []setValue, error) {
	r := newRecord(s.k.Now(), in)
	err := first(
		checkUsername("username", r.Username), checkEmail("email", r.email), checkText("displayname", r.displayName, 100),
		checkText("firstname", r.firstName, 50), checkText("lastname", r.lastName, 50), checkText("externalId", r.externalID, 200),
		checkLanguage("language", r.language), checkZone("timezone", r.timezone), checkLevel(in.AccessLevel),
	)
	if err != nil {
		return r, nil, err
	}
	if r.passwordHash, err = s.firstPassword(ctx, in); err != nil {
		return r, nil, err
	}
	fields, err := listFields(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return r, nil, err
	}
	set, err := applyFields(&r, fields, in.CustomFields)
	if err != nil {
		return r, nil, err
	}
	r.defaults(fields)
	if err := r.complete(fields); err != nil {
		return r, nil, err
	}
	r.referredBy, err = s.referrer(ctx, communityID, in.Referral)
	return r, set, err
}

func newRecord(now time.Time, in api.NewUser) record {
	r := record{
		Ref:   Ref{ID: api.NewIDAt(now), Username: clean(in.Username), Role: in.Role, IsDummy: in.IsDummy},
		email: clean(in.Email), displayName: clean(in.DisplayName), firstName: clean(in.FirstName), lastName: clean(in.LastName),
		language: in.Language, timezone: in.Timezone, accessLevel: in.AccessLevel, externalID: clean(in.ExternalID),
		emailVerified: in.JoinServer == nil || *in.JoinServer, createdAt: now, updatedAt: now,
	}
	if r.Role == "" {
		r.Role = api.RoleMember
	}
	if r.language == "" {
		r.language = "en"
	}
	if r.accessLevel == 0 {
		r.accessLevel = 1
	}
	return r
}

func checkLevel(n int) error {
	if n < 0 || n > 1000 {
		return api.InvalidField("accessLevel", "must be from 0 to 1000")
	}
	return nil
}

// firstPassword hashes the password of a new member; none when another
// identity provider owns its sign-in.
func (s *Service) firstPassword(ctx context.Context, in api.NewUser) (string, error) {
	if in.Password == "" && in.ConfirmPassword == "" {
		return "", nil
	}
	if err := s.checkPassword("password", in.Password, in.Username, in.Email); err != nil {
		return "", err
	}
	if in.ConfirmPassword != "" && in.ConfirmPassword != in.Password {
		return "", api.InvalidField("confirmPassword", "must be the same as password")
	}
	return s.hasher.Hash(ctx, in.Password)
}

// referrer finds the id of the one that a referral value names: any reference
// to a member, or its external id.
func (s *Service) referrer(ctx context.Context, communityID, value string) (string, error) {
	value = clean(value)
	if value == "" {
		return "", nil
	}
	found, err := s.Resolve(ctx, communityID, value)
	if isUnknownUser(err) {
		found, err = selectRef(ctx, s.k.DB().Read(), communityID, "external_id", value)
	}
	if isUnknownUser(err) && s.FindReferrer != nil {
		var id string
		if id, err = s.FindReferrer(ctx, communityID, value); err == nil {
			found, err = s.Resolve(ctx, communityID, id)
		}
	}
	if isUnknownUser(err) || (err == nil && found.Deleted) {
		return "", api.InvalidField("referral", "names no user of this community")
	}
	return found.ID, err
}

// auditView is what the audit log keeps of a member: no hash, no custom values.
func auditView(r record) map[string]any {
	return map[string]any{
		"username": r.Username, "email": r.email, "displayName": r.displayName, "firstName": r.firstName, "lastName": r.lastName,
		"language": r.language, "timezone": r.timezone, "role": string(r.Role), "isDummy": r.IsDummy, "isDeleted": r.Deleted,
	}
}

// Seed is a member as demos, imports and benchmarks make them by the
// thousand: confirmed, without a password and without a mail.
type Seed struct {
	Username    string // required
	Email       string
	DisplayName string
	FirstName   string
	LastName    string
	Avatar      string
	Language    string // en when empty
	Timezone    string
	Role        api.Role // member when empty
	Tags        []string
	Fields      map[string]string // custom values by field key, in their stored form
	ReferredBy  string            // member id
	IsDummy     bool
	LastLogin   time.Time // zero means never
	CreatedAt   time.Time // now when zero
}

// Sizes of CreateMany: rows a statement (SQLite takes 32,766 parameters) and
// rows a transaction.
const (
	seedsAStatement   = 100
	seedsATransaction = 10_000
)

// CreateMany makes members in order, 10,000 a transaction, and returns their
// references in the same order; their numbers follow each other. It tells no
// hook. Errors: Invalid for a bad username or email, Conflict user_exists; the
// transactions before the failing one stand.
func (s *Service) CreateMany(ctx context.Context, communityID string, seeds []Seed) ([]Ref, error) {
	refs := make([]Ref, 0, len(seeds))
	for len(seeds) > 0 {
		part := seeds[:min(len(seeds), seedsATransaction)]
		seeds = seeds[len(part):]
		rows, err := s.seedRows(part)
		if err != nil {
			return refs, err
		}
		if err := s.addMany(ctx, communityID, rows); err != nil {
			return refs, taken(err)
		}
		for _, r := range rows {
			refs = append(refs, r.Ref)
		}
	}
	return refs, nil
}

func (s *Service) seedRows(seeds []Seed) ([]record, error) {
	now := s.k.Now()
	rows := make([]record, len(seeds))
	for i, in := range seeds {
		rows[i] = in.record(now)
		if err := checkUsername("username", rows[i].Username); err != nil {
			return nil, wrap(err, "seed "+in.Username)
		}
		if in.Email != "" && !strings.Contains(in.Email, "@") {
			return nil, wrap(api.InvalidField("email", "must be an email address"), "seed "+in.Username)
		}
	}
	return rows, nil
}

func (in Seed) record(now time.Time) record {
	if !in.CreatedAt.IsZero() {
		now = in.CreatedAt
	}
	r := newRecord(now, api.NewUser{Username: in.Username, Email: in.Email, DisplayName: in.DisplayName, FirstName: in.FirstName,
		LastName: in.LastName, Language: in.Language, Timezone: in.Timezone, Role: in.Role, IsDummy: in.IsDummy})
	r.avatar, r.tags, r.fields, r.referredBy = in.Avatar, in.Tags, in.Fields, in.ReferredBy
	r.lastLogin, r.lastSeen = in.LastLogin, in.LastLogin
	return r
}

func (s *Service) addMany(ctx context.Context, communityID string, rows []record) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		no, err := takeNumbers(ctx, tx, communityID, len(rows))
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i].No = no + int64(i)
		}
		if err := insertMany(ctx, tx, s.k.DB().Dialect(), communityID, rows, seedsAStatement); err != nil {
			return err
		}
		return s.noteSeeds(ctx, tx, communityID, rows)
	})
}

// noteSeeds writes the history of the values that newcomers bring.
func (s *Service) noteSeeds(ctx context.Context, tx *db.Tx, communityID string, rows []record) error {
	if !slices.ContainsFunc(rows, func(r record) bool { return len(r.fields) > 0 }) {
		return nil
	}
	fields, err := listFields(ctx, tx, communityID)
	if err != nil {
		return err
	}
	var all []historyRow
	for _, r := range rows {
		for _, h := range differences(r, nil, fields) {
			h.CreatedAt = api.At(r.createdAt)
			all = append(all, h)
		}
	}
	return s.writeHistory(ctx, tx, communityID, all)
}
