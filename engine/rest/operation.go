package rest

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"laurel/api"
)

// Op declares an operation: where it is, who may call it, and what it says.
type Op struct {
	Method      string
	Path        string // canonical path with {params}; aliases are rewritten before routing
	ID          string // kebab-case, unique
	Summary     string
	Description string
	Tag         string
	Permission  api.Permission // what a key or team member must hold; empty means any credential that Access allows
	Access      Access
	Status      int    // of success; 200 when 0
	Message     string // of success, exactly as the reference has it
	MaxBody     int64  // bytes, of uploads too; 1 MiB when 0
	SignIn      bool   // counted against the sign-in limit
	Private     bool   // the reply holds a secret: never stored for idempotency
	OwnKeys     bool   // the operation handles Idempotency-Key itself
	EvenBarred  bool   // open to suspended and banned members although it changes something

	// OwnCredential marks an operation that reads its own kind of credential:
	// what the kit makes of the Authorization header does not matter.
	OwnCredential bool
}

// Access says which callers an operation is for, besides the permission.
type Access int

// The kinds of access. The zero value is the common one.
const (
	ForKeys    Access = iota // whoever holds the permission
	ForAnyone                // no credential needed; one that is sent must be valid
	ForMembers               // whoever holds the permission, and any member in person (handlers narrow what he sees)
	ForPersons               // a member in person: user key with the permission, or user token
	ForTokens                // a member in person, signed in: user token only
)

// Envelopes of the API families.
type (
	integrationBody[T any] struct {
		Status  string `json:"status" example:"success"`
		Message string `json:"message,omitempty"`
		Data    T      `json:"data,omitempty"`
	}
	systemMeta struct {
		Success    bool   `json:"success"`
		Message    string `json:"message"`
		DevMessage string `json:"devMessage"`
	}
	systemBody[T any] struct {
		Meta systemMeta `json:"meta"`
		Body T          `json:"body"`
	}
	partnerMeta struct {
		Status     string `json:"status" example:"success"`
		StatusCode int    `json:"statusCode"`
		Page       int    `json:"page,omitempty"`
		Limit      int    `json:"limit,omitempty"`
		Total      *int   `json:"total,omitempty"`
		Start      int    `json:"start,omitempty" doc:"In lists with cursors: the place of the first item, from 1"`
		NextCursor string `json:"nextCursor,omitempty" doc:"In lists with cursors, while more follow"`
		PrevCursor string `json:"prevCursor,omitempty" doc:"In lists with cursors, while others come before"`
	}
	partnerBody[T any] struct {
		Meta    partnerMeta `json:"meta"`
		Message string      `json:"message"`
		Data    T           `json:"data"`
	}
	listBody[T any] struct {
		Status     string      `json:"status" example:"success"`
		Message    string      `json:"message"`
		Data       []T         `json:"data" nullable:"false"`
		Pagination listPlacing `json:"pagination"`
	}
	listPlacing struct {
		Total       int  `json:"total"`
		CurrentPage int  `json:"currentPage"`
		TotalPages  int  `json:"totalPages"`
		HasNextPage bool `json:"hasNextPage"`
		HasPrevPage bool `json:"hasPrevPage"`
	}
	dataBody[T any] struct {
		Data T `json:"data"`
	}
)

type reply[B any] struct {
	Status int
	Body   B
}

// Integration registers an operation of the Integration or User family.
func Integration[I, O any](k *Kit, op Op, fn func(context.Context, *I) (O, error)) {
	register(k, op, "integration", fn, func(o O) integrationBody[O] {
		return integrationBody[O]{"success", op.Message, o}
	})
}

// IntegrationList registers a paged list of the Integration family.
func IntegrationList[I, T any](k *Kit, op Op, fn func(context.Context, *I) (Page[T], error)) {
	register(k, op, "integration", fn, func(p Page[T]) listBody[T] {
		items := p.Items
		if items == nil {
			items = []T{}
		}
		pages := (p.Total + p.Limit - 1) / max(p.Limit, 1)
		return listBody[T]{"success", op.Message, items, listPlacing{p.Total, p.Page, pages, p.Page < pages, p.Page > 1}}
	})
}

// System registers an operation of the System family.
func System[I, O any](k *Kit, op Op, fn func(context.Context, *I) (O, error)) {
	register(k, op, "system", fn, func(o O) systemBody[O] {
		return systemBody[O]{systemMeta{Success: true, Message: op.Message}, o}
	})
}

// Partner registers an operation of the Application or Partner family.
func Partner[I, O any](k *Kit, op Op, fn func(context.Context, *I) (O, error)) {
	register(k, op, "partner", fn, func(o O) partnerBody[O] {
		return partnerBody[O]{partnerMeta{Status: "success", StatusCode: op.status()}, op.Message, o}
	})
}

// PartnerList registers a paged list of the Application or Partner family.
func PartnerList[I, T any](k *Kit, op Op, fn func(context.Context, *I) (Page[T], error)) {
	register(k, op, "partner", fn, func(p Page[T]) partnerBody[[]T] {
		items := p.Items
		if items == nil {
			items = []T{}
		}
		return partnerBody[[]T]{partnerMeta{"success", op.status(), p.Page, p.Limit, &p.Total, p.Start, p.Next, p.Prev}, op.Message, items}
	})
}

// Widget registers an operation of the Widget access family.
func Widget[I, O any](k *Kit, op Op, fn func(context.Context, *I) (O, error)) {
	register(k, op, "widget", fn, func(o O) dataBody[O] { return dataBody[O]{o} })
}

// Plain registers an operation whose reply has no envelope.
func Plain[I, O any](k *Kit, op Op, fn func(context.Context, *I) (O, error)) {
	register(k, op, "plain", fn, func(o O) O { return o })
}

func register[I, O, B any](k *Kit, op Op, family string, fn func(context.Context, *I) (O, error), wrap func(O) B) {
	k.add(op, family)
	huma.Register(k.api, op.huma(k), func(ctx context.Context, in *I) (*reply[B], error) {
		s := stateOf(ctx)
		s.private = op.Private
		s.bodyRead()
		out, err := fn(ctx, in)
		if err != nil {
			return nil, k.fault(ctx, err)
		}
		return &reply[B]{op.status(), wrap(out)}, nil
	})
	k.tidy(op)
}

func (op Op) status() int {
	if op.Status == 0 {
		return http.StatusOK
	}
	return op.Status
}

func (op Op) huma(k *Kit) huma.Operation {
	return huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary, Description: op.Description,
		Tags: []string{op.Tag}, DefaultStatus: op.status(), MaxBodyBytes: op.maxBody(), BodyReadTimeout: k.bodyTime(op), Security: op.security(),
		Errors:      []int{400, 401, 403, 404, 409, 413, 415, 429, 500, 503},
		Middlewares: huma.Middlewares{k.admission(op)},
		Extensions:  map[string]any{"x-permission": string(op.Permission)},
	}
}

func (op Op) security() []map[string][]string {
	switch {
	case op.Access == ForAnyone:
		return []map[string][]string{}
	case strings.HasPrefix(op.Path, "/api/v1"):
		return []map[string][]string{{"systemKey": {}}, {"bearer": {}}}
	default:
		return []map[string][]string{{"bearer": {}}}
	}
}

// admission checks the caller before anything of the request is parsed.
func (k *Kit) admission(op Op) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		if err := k.admit(hc.Context(), op, hc.Param); err != nil {
			k.writeHuma(hc, err)
			return
		}
		bound(hc, op)
		next(hc)
	}
}

// admit says whether the caller may use the operation: 401 without a valid
// credential, 403 without the right or for another community's path.
func (k *Kit) admit(ctx context.Context, op Op, param func(string) string) error {
	s := stateOf(ctx)
	if s.callerErr != nil && !op.OwnCredential {
		return s.callerErr
	}
	if op.SignIn {
		if err := k.limits.signIn(s.ip); err != nil {
			return err
		}
	}
	if err := op.allows(s.caller); err != nil {
		return err
	}
	if err := sameCommunity(s.caller, param); err != nil {
		return err
	}
	return k.standing(ctx, op, s.caller)
}

// standing keeps suspended and banned members from changing anything; what
// they may read, and how they leave, stays open.
func (k *Kit) standing(ctx context.Context, op Op, c Caller) error {
	if k.Barred == nil || !c.IsPerson() || op.Method == http.MethodGet || op.EvenBarred {
		return nil
	}
	return k.Barred(ctx, c.CommunityID, c.MemberID)
}

func (op Op) allows(c Caller) error {
	switch {
	case op.Access == ForAnyone:
		return nil
	case c.Kind == Anonymous:
		return errNoCredential
	case op.Access == ForMembers && c.IsPerson():
		return nil
	case op.Access == ForTokens && c.Kind != UserToken:
		return errTokensOnly
	case op.Access == ForPersons && !c.IsPerson():
		return errPersonsOnly
	case op.Access == ForPersons && c.Kind == WidgetToken:
		return nil
	case op.Permission != "" && !c.Can(op.Permission):
		return api.NewError(api.Forbidden, "missing_permission", "This needs the permission "+string(op.Permission)+".")
	}
	return nil
}

var (
	errNoCredential = api.NewError(api.Unauthenticated, "credential_missing", "This needs an API key or a sign-in.")
	errTokensOnly   = api.NewError(api.Forbidden, "sign_in_needed", "Only a signed-in person can do this, not a key.")
	errPersonsOnly  = api.NewError(api.Forbidden, "person_needed", "Only a member can do this, not a community's key.")
	errOtherTenant  = api.NewError(api.Forbidden, "other_community", "The credential belongs to another community.")
)

// sameCommunity refuses a path that names a community other than the caller's.
func sameCommunity(c Caller, param func(string) string) error {
	for _, name := range []string{"communityId", "cid", "serverId"} {
		if id := param(name); id != "" && c.Kind != Anonymous && id != c.CommunityID {
			return errOtherTenant
		}
	}
	return nil
}
