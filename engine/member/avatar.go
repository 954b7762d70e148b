package member

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"image"
	_ "image/gif" // refused by name, not as noise
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
	xdraw "golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decoded like png and jpeg

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Bounds of a picture: the file, what it may unfold to, and what is kept.
const (
	maxAvatarBytes  = 2 << 20
	maxAvatarPixels = 40_000_000
	avatarSide      = 256
)

// avatarPath is where pictures are served; addresses never change content.
const avatarPath = "/v1/public/avatars/"

type avatarInput struct {
	User    string `query:"userId" maxLength:"254" doc:"Id, number, username or email; with a community key"`
	RawBody huma.MultipartFormFiles[struct {
		Avatar huma.FormFile `form:"avatar" contentType:"application/octet-stream,image/png,image/jpeg,image/webp" required:"true" doc:"PNG, JPEG or WebP of at most 2 MB"`
		User   string        `form:"userId" required:"false" doc:"The same as the query's userId"`
		Email  string        `form:"email" required:"false" doc:"Instead of userId"`
	}]
}

var (
	errOwnAvatar = api.NewError(api.Forbidden, "own_avatar_only", "You may change your own picture only.")
	errAvatar    = api.InvalidField("avatar", "must be a PNG, JPEG or WebP picture")
)

// uploadAvatar takes a picture: one's own, or anybody's with manageUser.
func (s *Service) uploadAvatar(ctx context.Context, in *avatarInput) (api.User, error) {
	ref, err := s.avatarOwner(ctx, in)
	if err != nil {
		return api.User{}, err
	}
	form := in.RawBody.Data()
	if form.Avatar.Size > maxAvatarBytes {
		return api.User{}, errAvatarSize
	}
	raw, err := io.ReadAll(io.LimitReader(form.Avatar, maxAvatarBytes+1))
	if err != nil {
		return api.User{}, errAvatar
	}
	return s.SetAvatar(ctx, rest.CallerOf(ctx).CommunityID, ref, raw)
}

var errAvatarSize = api.NewError(api.TooLarge, "avatar_too_large", "A picture may have at most 2 MB.", api.FieldError{Field: "avatar", Message: "may have at most 2 MB"})

func (s *Service) avatarOwner(ctx context.Context, in *avatarInput) (Ref, error) {
	c, form := rest.CallerOf(ctx), in.RawBody.Data()
	name := in.User
	for _, other := range []string{form.User, form.Email, c.MemberID} {
		if name == "" {
			name = other
		}
	}
	if name == "" {
		return Ref{}, api.InvalidField("userId", "is required")
	}
	return s.portrayed(ctx, name)
}

// portrayed finds the member whose picture the caller may change: anybody's
// with the permission, one's own without.
func (s *Service) portrayed(ctx context.Context, name string) (Ref, error) {
	c := rest.CallerOf(ctx)
	ref, err := s.resolveLive(ctx, c.CommunityID, name)
	own := ref.ID != "" && ref.ID == c.MemberID && (c.Kind != rest.UserKey || c.Can(api.PermUpdateOwnProfile)) && c.Kind != rest.WidgetToken
	if !own && !c.Can(api.PermManageUser) {
		return Ref{}, errOwnAvatar
	}
	return ref, err
}

// SetAvatar decodes a picture, crops it square, scales it and keeps it anew
// encoded, so that nothing else of the file survives.
func (s *Service) SetAvatar(ctx context.Context, communityID string, ref Ref, raw []byte) (api.User, error) {
	content, mediaType, err := portrait(raw)
	if err != nil {
		return api.User{}, err
	}
	extension := map[string]string{"image/png": ".png", "image/jpeg": ".jpg"}[mediaType]
	name := auth.NewOpaque("").Token
	after, err := s.edit(ctx, communityID, ref.ID, "user.avatar", func(r *record) error {
		r.avatar = avatarPath + name + extension
		return nil
	}, func(ctx context.Context, tx *db.Tx) error {
		return storeAvatar(ctx, tx, communityID, name, ref.ID, mediaType, content, s.k.Now())
	})
	if err != nil {
		return api.User{}, err
	}
	s.changed(communityID, after.Ref)
	return s.user(ctx, communityID, after)
}

// removeAvatar takes a member's picture away.
func (s *Service) removeAvatar(ctx context.Context, in *struct {
	UserID string `path:"userId" maxLength:"254"`
}) (api.User, error) {
	cid := rest.CallerOf(ctx).CommunityID
	ref, err := s.portrayed(ctx, in.UserID)
	if err != nil {
		return api.User{}, err
	}
	after, err := s.edit(ctx, cid, ref.ID, "user.avatar", func(r *record) error {
		r.avatar = ""
		return nil
	}, func(ctx context.Context, tx *db.Tx) error { return dropAvatar(ctx, tx, cid, ref.ID) })
	if err != nil {
		return api.User{}, err
	}
	s.changed(cid, after.Ref)
	return s.user(ctx, cid, after)
}

// portrait is the picture as it is kept: PNG when it is see-through, else JPEG.
func portrait(raw []byte) (content []byte, mediaType string, err error) {
	if len(raw) > maxAvatarBytes {
		return nil, "", errAvatarSize
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || format == "gif" || config.Width < 1 || config.Height < 1 {
		return nil, "", errAvatar
	}
	if config.Width > maxAvatarPixels/config.Height {
		return nil, "", api.InvalidField("avatar", "has too many pixels")
	}
	full, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, "", errAvatar
	}
	square := cropped(full)
	var out bytes.Buffer
	if square.Opaque() {
		err = jpeg.Encode(&out, square, &jpeg.Options{Quality: 88})
		return out.Bytes(), "image/jpeg", err
	}
	err = png.Encode(&out, square)
	return out.Bytes(), "image/png", err
}

// cropped is the middle square of a picture, at most avatarSide wide.
func cropped(full image.Image) *image.NRGBA {
	b := full.Bounds()
	side := min(b.Dx(), b.Dy())
	from := image.Pt(b.Min.X+(b.Dx()-side)/2, b.Min.Y+(b.Dy()-side)/2)
	middle := image.Rectangle{from, from.Add(image.Pt(side, side))}
	to := min(side, avatarSide)
	out := image.NewNRGBA(image.Rect(0, 0, to, to))
	xdraw.CatmullRom.Scale(out, out.Bounds(), full, middle, xdraw.Src, nil)
	return out
}

// serveAvatar sends a picture; its address is unguessable and never changes.
func (s *Service) serveAvatar(c echo.Context) error {
	id, _, _ := strings.Cut(c.Param("file"), ".")
	mediaType, content, err := selectAvatar(c.Request().Context(), s.k.DB().Read(), id)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Disposition", "inline")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	return c.Blob(http.StatusOK, mediaType, content)
}

var errAvatarNotFound = api.NewError(api.NotFound, "avatar_not_found", "There is no such picture.")

// avatarRoutes registers the operations on pictures.
func (s *Service) avatarRoutes() {
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/avatar", ID: "upload-avatar", Tag: "Users", Access: rest.ForMembers, Permission: api.PermManageUser,
		Summary: "Upload a picture of a user; one's own needs no permission", MaxBody: maxAvatarBytes + 64<<10,
		Description: "Multipart field avatar: PNG, JPEG or WebP of at most 2 MB. It is decoded, cropped square and encoded anew.", Message: "Upload avatar success."}, s.uploadAvatar)
	delete(s.k.OpenAPI().Components.Schemas.Map(), "FormFile") // written into the form's own schema
	rest.Integration(s.k, rest.Op{Method: "DELETE", Path: "/v1/users/{userId}/avatar", ID: "delete-avatar", Tag: "Users", Access: rest.ForMembers, Permission: api.PermManageUser,
		Summary: "Take a user's picture away; one's own needs no permission", Message: "Delete avatar success."}, s.removeAvatar)
	s.k.Handle(rest.Op{Method: "GET", Path: avatarPath + "{file}", ID: "get-avatar", Tag: "Users", Access: rest.ForAnyone,
		Summary: "A picture of a user, by the address that the user has"}, s.serveAvatar)
}

func storeAvatar(ctx context.Context, tx *db.Tx, communityID, id, memberID, mediaType string, content []byte, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO avatars (community_id, id, member_id, media_type, content, created_at) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (community_id, member_id) DO UPDATE SET id = excluded.id, media_type = excluded.media_type, content = excluded.content,
		created_at = excluded.created_at`, communityID, id, memberID, mediaType, content, db.Micros(now))
	return wrap(err, "store picture")
}

func dropAvatar(ctx context.Context, tx *db.Tx, communityID, memberID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM avatars WHERE community_id = $1 AND member_id = $2`, communityID, memberID)
	return wrap(err, "remove picture")
}

func selectAvatar(ctx context.Context, q db.Querier, id string) (mediaType string, content []byte, err error) {
	err = q.QueryRow(ctx, `SELECT media_type, content FROM avatars WHERE id = $1`, id).Scan(&mediaType, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil, errAvatarNotFound
	}
	return mediaType, content, wrap(err, "read picture")
}
