package badge

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// me is the member who asks.
func me(ctx context.Context) member.Ref {
	c := rest.CallerOf(ctx)
	return member.Ref{ID: c.MemberID, No: c.MemberNo, Username: c.Name}
}

func (s *Service) own(ctx context.Context, _ *struct{}) ([]api.OwnBadge, error) {
	return s.Own(ctx, home(ctx), me(ctx).ID)
}

var errWidget = api.NewError(api.Forbidden, "sign_in_needed", "A widget shows this; only a signed-in person or his key changes it.")

func (s *Service) showOwn(ctx context.Context, in *struct{ Body api.ShownBadges }) (api.ShownBadges, error) {
	if rest.CallerOf(ctx).Kind == rest.WidgetToken {
		return in.Body, errWidget
	}
	return in.Body, s.Show(ctx, home(ctx), me(ctx), in.Body.IDs)
}

type applyInput struct {
	ID      string `path:"id" maxLength:"36"`
	RawBody huma.MultipartFormFiles[struct {
		Note  string          `form:"note" required:"false" maxLength:"4000" doc:"Words for whoever decides; at most 1,000 characters"`
		Proof []huma.FormFile `form:"proof" required:"false" contentType:"application/octet-stream,image/png,image/jpeg,image/webp" doc:"PNG, JPEG or WebP of at most 5 MB each; needed when the badge says attachRequired"`
	}]
}

func (s *Service) apply(ctx context.Context, in *applyInput) (api.BadgeApplication, error) {
	if rest.CallerOf(ctx).Kind == rest.WidgetToken {
		return api.BadgeApplication{}, errWidget
	}
	form := in.RawBody.Data()
	files := make([]File, 0, len(form.Proof))
	for _, f := range form.Proof {
		raw, err := io.ReadAll(io.LimitReader(f, maxProofBytes+1))
		if err != nil {
			return api.BadgeApplication{}, api.InvalidField("proof", "could not be read")
		}
		if len(raw) > 0 {
			files = append(files, File{f.Filename, raw})
		}
	}
	return s.Apply(ctx, home(ctx), in.ID, me(ctx), form.Note, files)
}

type uploadInput struct {
	RawBody huma.MultipartFormFiles[struct {
		Image huma.FormFile `form:"image" contentType:"application/octet-stream,image/png,image/jpeg,image/webp" required:"true" doc:"PNG, JPEG or WebP of at most 2 MB"`
	}]
}

func (s *Service) upload(ctx context.Context, in *uploadInput) (api.BadgePicture, error) {
	raw, err := io.ReadAll(io.LimitReader(in.RawBody.Data().Image, maxPictureBytes+1))
	if err != nil {
		return api.BadgePicture{}, api.InvalidField("image", "could not be read")
	}
	return s.Upload(ctx, home(ctx), raw)
}

// pictureRoutes registers the operations on pictures.
func (s *Service) pictureRoutes() {
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/badges/images", ID: "upload-badge-image", Tag: tag, Permission: api.PermAdminister, Status: 201,
		Summary: "Upload a picture for a badge", MaxBody: maxPictureBytes + 64<<10,
		Description: "It is decoded, fitted into a see-through square and encoded anew. A picture that no badge names within a day is dropped.",
		Message:     "Upload badge image success."}, s.upload)
	delete(s.k.OpenAPI().Components.Schemas.Map(), "FormFile")
	s.k.Handle(rest.Op{Method: "GET", Path: picturePath + "{file}", ID: "get-badge-image", Tag: tag, Access: rest.ForAnyone,
		Summary: "A picture of a badge, by the address that the badge has"}, s.servePicture)
	s.k.Handle(rest.Op{Method: "GET", Path: "/v1/badges/applications/{id}/proofs/{number}", ID: "get-badge-proof", Tag: tag, Permission: api.PermModerate,
		Summary: "A picture that came with an application"}, s.serveProof)
}

// servePicture sends a picture; its address is unguessable and never changes.
func (s *Service) servePicture(c echo.Context) error {
	id, ok := strings.CutSuffix(c.Param("file"), ".png")
	if !ok {
		return errPicture
	}
	content, err := selectPicture(c.Request().Context(), s.k.DB().Read(), id)
	if err != nil {
		return err
	}
	guard(c).Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return c.Blob(http.StatusOK, "image/png", content)
}

// serveProof sends a proof to those who decide.
func (s *Service) serveProof(c echo.Context) error {
	ctx := c.Request().Context()
	number, err := strconv.ParseInt(c.Param("number"), 10, 64)
	if err != nil {
		return errPicture
	}
	content, err := selectProof(ctx, s.k.DB().Read(), home(ctx), c.Param("id"), number)
	if err != nil {
		return err
	}
	guard(c).Set("Cache-Control", "private, no-store")
	return c.Blob(http.StatusOK, "image/jpeg", content)
}

// guard sets what makes a picture nothing but a picture.
func guard(c echo.Context) http.Header {
	h := c.Response().Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Disposition", "inline")
	return h
}
