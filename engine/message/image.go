package message

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
	"golang.org/x/image/webp"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
)

const (
	maxImage  = 8 << 20    // bytes of a file
	maxPixels = 40_000_000 // of all its pictures together
	maxFrames = 500
	maxFiles  = 10
)

type uploadInput struct {
	RawBody huma.MultipartFormFiles[struct {
		Images []huma.FormFile `form:"images" required:"true" doc:"png, jpeg, gif or webp, at most 8 MB each"`
	}]
}

var errImage = api.InvalidField("images", "must be png, jpeg, gif or webp pictures")

// upload keeps pictures for messages: decoded and encoded anew, so that
// nothing but a picture is ever served.
func (s *Service) upload(ctx context.Context, in *uploadInput) ([]api.MessageImage, error) {
	v, err := s.viewerOf(ctx, api.PermSendMessages)
	if err != nil {
		return nil, err
	}
	files := in.RawBody.Data().Images
	if len(files) == 0 || len(files) > maxFiles {
		return nil, api.InvalidField("images", "must be 1 to 10 files")
	}
	out := make([]api.MessageImage, 0, len(files))
	for _, f := range files {
		raw, err := io.ReadAll(io.LimitReader(f, maxImage+1))
		if err != nil {
			return nil, wrap(err, "read upload")
		}
		if len(raw) > maxImage {
			return nil, api.NewError(api.TooLarge, "image_too_large", "A picture may have at most 8 MB.", api.FieldError{Field: "images", Message: "is too large"})
		}
		kept, err := s.keep(ctx, v, f.Filename, raw)
		if err != nil {
			return nil, err
		}
		out = append(out, kept)
	}
	return out, nil
}

// keep stores one picture; the same picture is stored once.
func (s *Service) keep(ctx context.Context, v viewer, name string, raw []byte) (api.MessageImage, error) {
	data, kind, size, err := encode(raw)
	if err != nil {
		return api.MessageImage{}, err
	}
	sum := sha256.Sum256(data)
	out := api.MessageImage{ID: api.NewIDAt(s.k.Now()), Name: fileName(name), Type: kind, Size: int64(len(data)), Width: size.X, Height: size.Y}
	hash := hex.EncodeToString(sum[:])
	author := ""
	if v.person != nil {
		author = v.person.ID
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO message_images (community_id, id, hash, name, type, size, width, height, data, author_id, created_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (community_id, hash) DO UPDATE SET created_at = excluded.created_at`, v.community, out.ID, hash, out.Name, kind,
			out.Size, size.X, size.Y, data, author, db.Micros(s.k.Now()))
		if err != nil {
			return fmt.Errorf("keep picture: %w", err)
		}
		return tx.QueryRow(ctx, `SELECT id FROM message_images WHERE community_id = $1 AND hash = $2`, v.community, hash).Scan(&out.ID)
	})
	out.URL = s.imageURL(v.community, hash+extension(kind))
	return out, wrap(err, "keep picture")
}

func extension(kind string) string { return "." + strings.TrimPrefix(kind, "image/") }

func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "\\", "/"))
	if name == "." || name == "/" || name == "" {
		return "image"
	}
	return cut(strings.ReplaceAll(name, "\x00", ""), 100)
}

// encode decodes a picture of a known kind and writes it anew.
func encode(raw []byte) (data []byte, kind string, size image.Point, err error) {
	kind = http.DetectContentType(raw)
	var b bytes.Buffer
	switch kind {
	case "image/gif":
		size, err = encodeGIF(&b, raw)
		return b.Bytes(), kind, size, err
	case "image/png", "image/jpeg", "image/webp":
	default:
		return nil, "", size, errImage
	}
	config, err := configOf(kind, raw)
	if err != nil || config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height {
		return nil, "", size, errImage
	}
	picture, err := decode(kind, raw)
	if err != nil {
		return nil, "", size, errImage
	}
	if kind == "image/jpeg" {
		err = jpeg.Encode(&b, picture, &jpeg.Options{Quality: 88})
	} else {
		kind = "image/png"
		err = png.Encode(&b, picture)
	}
	return b.Bytes(), kind, picture.Bounds().Size(), wrap(err, "encode picture")
}

func configOf(kind string, raw []byte) (image.Config, error) {
	switch kind {
	case "image/png":
		return png.DecodeConfig(bytes.NewReader(raw))
	case "image/jpeg":
		return jpeg.DecodeConfig(bytes.NewReader(raw))
	}
	return webp.DecodeConfig(bytes.NewReader(raw))
}

func decode(kind string, raw []byte) (image.Image, error) {
	switch kind {
	case "image/png":
		return png.Decode(bytes.NewReader(raw))
	case "image/jpeg":
		return jpeg.Decode(bytes.NewReader(raw))
	}
	picture, err := webp.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	plain := image.NewNRGBA(picture.Bounds())
	draw.Draw(plain, plain.Bounds(), picture, picture.Bounds().Min, draw.Src)
	return plain, nil
}

// encodeGIF keeps a moving picture moving. The frames are bounded before they
// are decoded by the size of the file, and after by their pixels.
func encodeGIF(w io.Writer, raw []byte) (image.Point, error) {
	config, err := gif.DecodeConfig(bytes.NewReader(raw))
	if err != nil || config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height/4 {
		return image.Point{}, errImage
	}
	if bytes.Count(raw, []byte{0x21, 0xf9, 0x04}) > min(maxFrames, maxPixels*2/(config.Width*config.Height)) {
		return image.Point{}, errImage
	}
	all, err := gif.DecodeAll(bytes.NewReader(raw))
	if err != nil || len(all.Image) > maxFrames {
		return image.Point{}, errImage
	}
	return image.Pt(config.Width, config.Height), wrap(gif.EncodeAll(w, all), "encode picture")
}

// attached are the pictures of a message, as they are stored with it.
func (s *Service) attached(ctx context.Context, communityID string, who member.Ref, ids []string) (string, error) {
	if len(ids) == 0 {
		return "[]", nil
	}
	list := make([]api.MessageImage, 0, len(ids))
	for _, id := range ids {
		var m api.MessageImage
		var hash, author string
		err := s.k.DB().Read().QueryRow(ctx, `SELECT id, hash, name, type, size, width, height, author_id FROM message_images WHERE community_id = $1 AND id = $2`,
			communityID, id).Scan(&m.ID, &hash, &m.Name, &m.Type, &m.Size, &m.Width, &m.Height, &author)
		if errors.Is(err, sql.ErrNoRows) {
			return "", api.InvalidField("images", "names a picture that was not uploaded")
		}
		if err != nil {
			return "", wrap(err, "find picture")
		}
		m.URL = hash + extension(m.Type)
		list = append(list, m)
	}
	raw, err := json.Marshal(list)
	return string(raw), wrap(err, "pictures of "+who.ID)
}

func (s *Service) imageURL(communityID, file string) string {
	return strings.TrimRight(s.baseURL, "/") + "/v1/media/" + communityID + "/" + file
}

// image serves a picture. Its address is its content, which nobody can guess.
func (s *Service) image(c echo.Context) error {
	hash, ext, _ := strings.Cut(c.Param("file"), ".")
	var data []byte
	var kind string
	err := s.k.DB().Read().QueryRow(c.Request().Context(), `SELECT data, type FROM message_images WHERE community_id = $1 AND hash = $2`,
		c.Param("owner"), hash).Scan(&data, &kind)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && extension(kind) != "."+ext) {
		return api.NewError(api.NotFound, "image_not_found", "There is no such picture.")
	}
	if err != nil {
		return wrap(err, "read picture")
	}
	head := c.Response().Header()
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Content-Disposition", "inline")
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Cache-Control", "public, max-age=31536000, immutable")
	return c.Blob(http.StatusOK, kind, data)
}
