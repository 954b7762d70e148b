package badge

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	_ "image/gif" // refused by name, not as noise
	"image/jpeg"
	"image/png"
	"net/url"
	"strings"

	xdraw "golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decoded like png and jpeg

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
)

// Bounds of pictures: the file, what it may unfold to, and what is kept.
const (
	maxPictureBytes = 2 << 20
	maxProofBytes   = 5 << 20
	maxPixels       = 40_000_000
	pictureSide     = 256
	proofSide       = 2000
	maxProofs       = 3
	maxAddress      = 2000
)

// picturePath is where pictures are served; addresses never change content.
const picturePath = "/v1/public/badges/"

// picture is one to be stored.
type picture struct {
	id      string
	content []byte
}

// emblem is a badge's picture as it is kept: a PNG of at most pictureSide
// across, in the middle of a see-through square. Errors: Invalid, TooLarge.
func emblem(field string, raw []byte) ([]byte, error) {
	full, err := decoded(field, raw, maxPictureBytes)
	if err != nil {
		return nil, err
	}
	b := full.Bounds()
	side := min(max(b.Dx(), b.Dy()), pictureSide)
	w, h := scaled(b.Dx(), b.Dy(), side)
	at := image.Pt((side-w)/2, (side-h)/2)
	out := image.NewNRGBA(image.Rect(0, 0, side, side))
	xdraw.CatmullRom.Scale(out, image.Rectangle{at, at.Add(image.Pt(w, h))}, full, b, xdraw.Src, nil)
	var buf bytes.Buffer
	err = png.Encode(&buf, out)
	return buf.Bytes(), err
}

// evidence is a proof as it is kept: a JPEG without anything else of the file.
func evidence(field string, raw []byte) (content []byte, size image.Point, err error) {
	full, err := decoded(field, raw, maxProofBytes)
	if err != nil {
		return nil, size, err
	}
	b := full.Bounds()
	w, h := b.Dx(), b.Dy()
	if max(w, h) > proofSide {
		w, h = scaled(w, h, proofSide)
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	xdraw.Draw(out, out.Bounds(), image.White, image.Point{}, xdraw.Src)
	xdraw.CatmullRom.Scale(out, out.Bounds(), full, b, xdraw.Over, nil)
	var buf bytes.Buffer
	err = jpeg.Encode(&buf, out, &jpeg.Options{Quality: 85})
	return buf.Bytes(), image.Pt(w, h), err
}

// scaled fits a size into a square.
func scaled(w, h, side int) (int, int) {
	long := max(w, h)
	return max(1, w*side/long), max(1, h*side/long)
}

// decoded reads a picture of a known kind. It is bounded before it unfolds.
func decoded(field string, raw []byte, most int) (image.Image, error) {
	if len(raw) > most {
		return nil, tooLarge(field, most)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || format == "gif" || config.Width < 1 || config.Height < 1 {
		return nil, api.InvalidField(field, "must be a PNG, JPEG or WebP picture")
	}
	if config.Width > maxPixels/config.Height {
		return nil, api.InvalidField(field, "has too many pixels")
	}
	full, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, api.InvalidField(field, "must be a PNG, JPEG or WebP picture")
	}
	return full, nil
}

func tooLarge(field string, most int) error {
	text := "may have at most " + string(rune('0'+most>>20)) + " MB"
	return api.NewError(api.TooLarge, "picture_too_large", "A picture here "+text+".", api.FieldError{Field: field, Message: text})
}

// dress puts the pictures that a request names into the badge, and gives
// those that are to be stored with it. Errors: Invalid, TooLarge.
func (s *Service) dress(ctx context.Context, communityID string, r *record, in api.BadgeInput) ([]picture, error) {
	var fresh []picture
	for _, p := range []struct {
		field string
		value *string
		into  *string
	}{{"image", in.Image, &r.image}, {"lightImage", in.LightImage, &r.light}, {"darkImage", in.DarkImage, &r.dark}} {
		if p.value == nil {
			continue
		}
		address, made, err := s.address(ctx, communityID, p.field, strings.TrimSpace(*p.value))
		if err != nil {
			return nil, err
		}
		if *p.into = address; made != nil {
			fresh = append(fresh, *made)
		}
	}
	return fresh, nil
}

// address is where the picture is that a request names: made is one that the
// request brought with it.
func (s *Service) address(ctx context.Context, communityID, field, value string) (string, *picture, error) {
	if data, ok := strings.CutPrefix(value, "data:"); ok {
		_, encoded, _ := strings.Cut(data, ";base64,")
		raw, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(raw) == 0 {
			return "", nil, api.InvalidField(field, "must hold a picture in base64")
		}
		content, err := emblem(field, raw)
		if err != nil {
			return "", nil, err
		}
		made := newPicture(content)
		return made.path(), &made, nil
	}
	if value == "" {
		return "", nil, nil
	}
	if name, ok := strings.CutPrefix(strings.TrimPrefix(value, s.base), picturePath); ok {
		known, err := hasPicture(ctx, s.k.DB().Read(), communityID, strings.TrimSuffix(name, ".png"))
		if err == nil && !known {
			err = api.InvalidField(field, "names a picture that was not uploaded")
		}
		return picturePath + name, nil, err
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "https" || u.Host == "" || len(value) > maxAddress {
		return "", nil, api.InvalidField(field, "must be an uploaded picture, a data: address or an https address")
	}
	return value, nil, nil
}

func newPicture(content []byte) picture { return picture{auth.NewOpaque("").Token, content} }

func (p picture) path() string { return picturePath + p.id + ".png" }

// Upload keeps a picture for a badge that is saved later; one that no badge
// names is dropped after a day. Errors: Invalid, TooLarge.
func (s *Service) Upload(ctx context.Context, communityID string, raw []byte) (api.BadgePicture, error) {
	content, err := emblem("image", raw)
	if err != nil {
		return api.BadgePicture{}, err
	}
	made := newPicture(content)
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := dropPictures(ctx, tx, communityID, s.k.Now().AddDate(0, 0, -1)); err != nil {
			return err
		}
		return insertPicture(ctx, tx, communityID, made, s.k.Now())
	})
	return api.BadgePicture{URL: made.path()}, err
}
