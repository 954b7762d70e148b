package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode"

	"laurel/api"
	"laurel/engine/rest"
)

// activitiesInput is one activity, or many: an array, or an object with the
// array in its member activities.
type activitiesInput struct {
	Key     string `header:"Idempotency-Key" doc:"Makes repeating the request safe; an activity's own idempotencyKey wins"`
	RawBody []byte
}

var errMedia = api.NewError(api.Unsupported, "media_type_unsupported", "Send JSON with Content-Type: application/json.")

var errBody = api.NewError(api.Invalid, "body_malformed", "The body must be one activity, or an array of 1 to 500 of them.")

// activities records what a partner's system reports.
func (s *Service) activities(ctx context.Context, in *activitiesInput) (any, error) {
	if media := rest.Header(ctx, "Content-Type"); media != "" && !strings.Contains(media, "json") {
		return nil, errMedia
	}
	list, err := split(in.RawBody)
	if err != nil {
		return nil, err
	}
	if list == nil {
		return s.recordSingle(ctx, in)
	}
	if len(list) == 0 || len(list) > actsPerCall {
		return nil, api.InvalidField("activities", "must hold 1 to 500 activities")
	}
	reports := make([]report, len(list))
	for i, raw := range list {
		key := in.Key
		if key != "" {
			key += "#" + strconv.Itoa(i)
		}
		reports[i] = s.read(ctx, raw, key)
	}
	if err := s.findAll(ctx, reports); err != nil {
		return nil, err
	}
	return s.recordMany(ctx, reports)
}

// split gives the parts of a list; nil when the body is a single activity.
func split(body []byte) ([]json.RawMessage, error) {
	body = bytes.TrimSpace(body)
	var list []json.RawMessage
	switch {
	case len(body) == 0:
		return nil, errBody
	case body[0] == '[':
		if err := json.Unmarshal(body, &list); err != nil || list == nil {
			return nil, errBody
		}
		return list, nil
	case body[0] != '{':
		return nil, errBody
	}
	var many struct {
		Activities json.RawMessage `json:"activities"`
	}
	if err := json.Unmarshal(body, &many); err != nil {
		return nil, errBody
	}
	if many.Activities == nil {
		return nil, nil
	}
	if err := json.Unmarshal(many.Activities, &list); err != nil || list == nil {
		return nil, api.InvalidField("activities", "must be an array")
	}
	return list, nil
}

// report is one activity as it was read: an act, or what is wrong with it.
type report struct {
	act  Act
	user string
	key  string
	err  error
}

func (s *Service) recordSingle(ctx context.Context, in *activitiesInput) (any, error) {
	r := s.read(ctx, in.RawBody, in.Key)
	s.find(ctx, &r)
	if r.err != nil {
		return nil, r.err
	}
	award, err := s.RecordOne(ctx, rest.CallerOf(ctx).CommunityID, r.act)
	if err != nil {
		return nil, err
	}
	return award, nil
}

func (s *Service) recordMany(ctx context.Context, reports []report) ([]api.Award, error) {
	acts := make([]Act, 0, len(reports))
	for _, r := range reports {
		if r.err == nil {
			acts = append(acts, r.act)
		}
	}
	done, err := s.Record(ctx, rest.CallerOf(ctx).CommunityID, acts)
	if err != nil {
		return nil, err
	}
	awards := make([]api.Award, len(reports))
	for i, r := range reports {
		if r.err == nil {
			awards[i], done = done[0], done[1:]
		} else if awards[i], err = failed(r.act, r.err); err != nil {
			return nil, err
		}
		awards[i].IdempotencyKey = r.key
	}
	return awards, nil
}

// read checks one activity.
func (s *Service) read(ctx context.Context, raw []byte, key string) report {
	var in api.Activity
	if err := json.Unmarshal(raw, &in); err != nil {
		return report{err: badActivity(err)}
	}
	c := rest.CallerOf(ctx)
	r := report{act: Act{Action: in.Action, Source: SourceOf(c), Actor: actorOf(c), Reference: key}, user: in.User, key: in.IdempotencyKey}
	if in.IdempotencyKey != "" {
		r.act.Reference = in.IdempotencyKey
	}
	if in.Value != nil {
		r.act.Value = *in.Value
	}
	if in.OccurredAt != nil {
		r.act.OccurredAt = in.OccurredAt.Time
	}
	r.err = checkActivity(in)
	return r
}

// findAll finds the members of a list with few queries.
func (s *Service) findAll(ctx context.Context, reports []report) error {
	users := make([]string, 0, len(reports))
	for i := range reports {
		if reports[i].err == nil {
			users = append(users, reports[i].user)
		}
	}
	if err := s.members.Prefetch(ctx, rest.CallerOf(ctx).CommunityID, users); err != nil {
		return err
	}
	for i := range reports {
		s.find(ctx, &reports[i])
	}
	return nil
}

// find adds the member to an activity that is in order.
func (s *Service) find(ctx context.Context, r *report) {
	if r.err != nil {
		return
	}
	r.act.Member, r.err = s.members.Resolve(ctx, rest.CallerOf(ctx).CommunityID, r.user)
	if r.act.Member.Deleted || api.IsKind(r.err, api.NotFound) {
		r.err = errUser
	}
}

var errUser = api.NewError(api.NotFound, "user_not_found", "No user of this community is known by that id, name or address.",
	api.FieldError{Field: "user", Message: "is not known"})

func checkActivity(in api.Activity) error {
	switch {
	case strings.TrimSpace(in.User) == "":
		return api.InvalidField("user", "is required")
	case len(in.User) > 254:
		return api.InvalidField("user", "must be at most 254 characters")
	case strings.TrimSpace(in.Action) == "":
		return api.InvalidField("action", "is required")
	case len(in.Action) > 50:
		return api.InvalidField("action", "must be at most 50 characters")
	case len(in.IdempotencyKey) > 200 || strings.ContainsFunc(in.IdempotencyKey, unicode.IsControl):
		return api.InvalidField("idempotencyKey", "must be at most 200 characters, without control characters")
	}
	return nil
}

// badActivity names the field that JSON could not be read into.
func badActivity(err error) error {
	var wrong *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return api.InvalidField(wrong.Field, "must be of another type, not "+wrong.Value)
	case errors.As(err, &wrong), errors.As(err, &syntax):
		return errBody
	}
	return api.InvalidField("occurredAt", "must be an RFC 3339 time")
}
