package apiclient

import (
	"bytes"
	"mime/multipart"
	"net/http"
)

// rawBody is a body that is sent as it is; its header names the media type.
type rawBody []byte

// multipartFile is a form with one file.
func multipartFile(field, name string, content []byte) (rawBody, http.Header, error) {
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	part, err := form.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	return out.Bytes(), http.Header{"Content-Type": {form.FormDataContentType()}}, err
}
