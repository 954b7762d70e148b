package web

import (
	"errors"
	"io"
	"net/http"

	"laurel/api"
)

// File is one that was chosen in a form.
type File struct {
	Name    string
	Content []byte
}

// Upload is Form for forms with files, of at most most bytes in all. Errors:
// Invalid, TooLarge.
func (v *Visit) Upload(most int64) (*Form, error) {
	v.c.Request().Body = http.MaxBytesReader(v.c.Response(), v.whole, most)
	return v.Form()
}

// Files are the files of a field after Upload; none was chosen when it is
// empty. Errors: Invalid.
func (v *Visit) Files(field string) ([]File, error) {
	form := v.c.Request().MultipartForm
	if form == nil {
		return nil, nil
	}
	var out []File
	for _, head := range form.File[field] {
		if head.Size == 0 {
			continue
		}
		f, err := head.Open()
		if err != nil {
			return nil, errFile
		}
		content, err := io.ReadAll(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, errFile
		}
		out = append(out, File{head.Filename, content})
	}
	return out, nil
}

// File is the content of the one file of a field; empty when none was chosen.
// Errors: Invalid.
func (v *Visit) File(field string) ([]byte, error) {
	files, err := v.Files(field)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	return files[0].Content, nil
}

var errFile = api.NewError(api.Invalid, "file_unreadable", "That file could not be read.")

// Picture answers with a picture that only this visitor may see.
func (v *Visit) Picture(mediaType string, content []byte) error {
	h := v.c.Response().Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Disposition", "inline")
	return v.c.Blob(http.StatusOK, mediaType, content)
}
