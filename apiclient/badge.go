package apiclient

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"

	"laurel/api"
)

// Badges manages the community's badges, who holds them and who applies.
type Badges struct{ c *Client }

// Badges is the group of badge calls.
func (c *Client) Badges() Badges { return Badges{c} }

// List lists the community's badges, the oldest first.
func (b Badges) List(ctx context.Context) ([]api.Badge, error) {
	return body[[]api.Badge](ctx, b.c, request{method: "GET", path: "/api/v1/badges"})
}

// Create makes a badge. Errors: Invalid, TooLarge, Conflict badge_limit.
func (b Badges) Create(ctx context.Context, in api.BadgeInput) (api.Badge, error) {
	return body[api.Badge](ctx, b.c, request{method: "POST", path: "/api/v1/badges", body: in})
}

// Update changes a badge. Errors: NotFound, Invalid, TooLarge.
func (b Badges) Update(ctx context.Context, id string, in api.BadgeInput) (api.Badge, error) {
	return body[api.Badge](ctx, b.c, request{method: "PUT", path: "/api/v1/badges/" + seg(id), body: in})
}

// Delete removes a badge; everybody loses it.
func (b Badges) Delete(ctx context.Context, id string) (api.Badge, error) {
	return body[api.Badge](ctx, b.c, request{method: "DELETE", path: "/api/v1/badges/" + seg(id)})
}

// Award gives a badge to a user, named by number, id, username or email, and
// answers with all that the user holds.
func (b Badges) Award(ctx context.Context, id, user string) ([]api.Badge, error) {
	return body[[]api.Badge](ctx, b.c, request{method: "POST", path: "/api/v1/badges/" + seg(id) + "/award", body: api.BadgeUser{UserID: user}})
}

// Remove takes a badge from a user and answers with what the user still holds.
func (b Badges) Remove(ctx context.Context, id, user string) ([]api.Badge, error) {
	return body[[]api.Badge](ctx, b.c, request{method: "POST", path: "/api/v1/badges/" + seg(id) + "/remove", body: api.BadgeUser{UserID: user}})
}

// Upload keeps a picture for a badge: PNG, JPEG or WebP of at most 2 MB.
// Errors: Invalid, TooLarge.
func (b Badges) Upload(ctx context.Context, picture []byte) (api.BadgePicture, error) {
	form, header, err := multipartFile("image", "badge", picture)
	if err != nil {
		return api.BadgePicture{}, err
	}
	return data[api.BadgePicture](ctx, b.c, request{method: "POST", path: "/v1/badges/images", body: form, header: header})
}

// Holders lists who holds a badge, newest first.
func (b Badges) Holders(ctx context.Context, id string, p Paging) (Page[api.BadgeHolder], error) {
	return page[api.BadgeHolder](ctx, b.c, request{method: "GET", path: "/v1/badges/" + seg(id) + "/holders", query: p.values().query()})
}

// OfUser lists the badges of a user, newest first.
func (b Badges) OfUser(ctx context.Context, user string) ([]api.HeldBadge, error) {
	return data[[]api.HeldBadge](ctx, b.c, request{method: "GET", path: "/v1/users/" + seg(user) + "/badges"})
}

// ApplicationQuery narrows a list of applications; empty parts let all through.
type ApplicationQuery struct {
	Paging
	Status  string
	BadgeID string
	User    string // id, number, username or email
}

// Applications lists applications for badges.
func (b Badges) Applications(ctx context.Context, q ApplicationQuery) (Page[api.BadgeApplication], error) {
	query := q.values().text("status", q.Status).text("badgeId", q.BadgeID).text("userId", q.User).query()
	return page[api.BadgeApplication](ctx, b.c, request{method: "GET", path: "/v1/badges/applications", query: query})
}

// Approve approves an application: the badge is awarded. Errors: NotFound,
// Conflict application_decided.
func (b Badges) Approve(ctx context.Context, id string) (api.BadgeApplication, error) {
	return data[api.BadgeApplication](ctx, b.c, request{method: "POST", path: "/v1/badges/applications/" + seg(id) + "/approve"})
}

// Refuse refuses an application. Errors: NotFound, Invalid, Conflict application_decided.
func (b Badges) Refuse(ctx context.Context, id, reason string) (api.BadgeApplication, error) {
	return data[api.BadgeApplication](ctx, b.c, request{method: "POST", path: "/v1/badges/applications/" + seg(id) + "/refuse", body: api.BadgeRefusal{Reason: reason}})
}

// Proof reads a picture that came with an application, a JPEG. Errors: NotFound.
func (b Badges) Proof(ctx context.Context, id string, number int) ([]byte, error) {
	req, err := b.c.build(ctx, request{method: "GET", path: "/v1/badges/applications/" + seg(id) + "/proofs/" + strconv.Itoa(number)}, nil, "")
	if err != nil {
		return nil, err
	}
	res, err := b.c.http.Do(req)
	if err != nil {
		return nil, api.NewError(api.Upstream, "unreachable", "The API could not be reached.")
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= http.StatusBadRequest {
		return nil, failure(res)
	}
	return io.ReadAll(res.Body)
}

// Badges lists all badges with how far the caller is.
func (m Me) Badges(ctx context.Context) ([]api.OwnBadge, error) {
	return data[[]api.OwnBadge](ctx, m.c, request{method: "GET", path: "/v1/me/badges"})
}

// ShowBadges chooses up to three badges to stand beside the caller's name.
func (m Me) ShowBadges(ctx context.Context, ids []string) error {
	return m.c.call(ctx, request{method: "PUT", path: "/v1/me/badges/shown", body: api.ShownBadges{IDs: append([]string{}, ids...)}}, nil)
}

// Proof is a picture that is sent as proof.
type Proof struct {
	Name    string
	Content []byte
}

// Apply applies for a badge. Errors: NotFound, Invalid, TooLarge, Conflict
// badge_not_open, badge_held, already_applied.
func (m Me) Apply(ctx context.Context, id, note string, proofs []Proof) (api.BadgeApplication, error) {
	form, header, err := applicationForm(note, proofs)
	if err != nil {
		return api.BadgeApplication{}, fmt.Errorf("write form: %w", err)
	}
	return data[api.BadgeApplication](ctx, m.c, request{method: "POST", path: "/v1/me/badges/" + seg(id) + "/apply", body: form, header: header})
}

func applicationForm(note string, proofs []Proof) (rawBody, http.Header, error) {
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	if err := form.WriteField("note", note); err != nil {
		return nil, nil, err
	}
	for _, p := range proofs {
		part, err := form.CreateFormFile("proof", p.Name)
		if err != nil {
			return nil, nil, err
		}
		if _, err := part.Write(p.Content); err != nil {
			return nil, nil, err
		}
	}
	err := form.Close()
	return out.Bytes(), http.Header{"Content-Type": {form.FormDataContentType()}}, err
}
