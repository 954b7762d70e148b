package member_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// form is a multipart body with one file.
func form(t *testing.T, content []byte) (body []byte, header string) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	part, err := w.CreateFormFile("avatar", "me.png")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = w.Close()
	return out.Bytes(), "Content-Type: " + w.FormDataContentType()
}

func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			img.Set(x, y, color.NRGBA{R: 200, G: 40, B: 90, A: 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return append(out.Bytes(), "<script>hidden</script>"...)
}

func TestAvatarIsEncodedAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ada := w.team(t, "ada", api.RoleMember)
		w.join(t, "bob", api.RoleMember)
		body, header := form(t, picture(t, 600, 300))
		made := w.call(t, "POST", "/apis/v1/users/avatar", ada, body, header).Want(t, 200)
		address := made.Text("data.avatar")
		got := w.call(t, "GET", address, "", nil).Want(t, 200)
		if got.Header.Get("X-Content-Type-Options") != "nosniff" || got.Header.Get("Content-Type") != "image/jpeg" || strings.Contains(got.Raw, "script") {
			t.Errorf("served %v", got.Header)
		}
		shown, _, err := image.DecodeConfig(strings.NewReader(got.Raw))
		if err != nil || shown.Width != 256 || shown.Height != 256 {
			t.Errorf("got %dx%d, %v", shown.Width, shown.Height, err)
		}
		w.call(t, "POST", "/v1/users/avatar?userId=bob", ada, body, header).Want(t, 403, "own_avatar_only")
		w.call(t, "POST", "/v1/users/avatar?userId=bob", w.key(t, api.PermManageUser), body, header).Want(t, 200)
		for name, content := range map[string][]byte{"text": []byte("no picture"), "cut off": picture(t, 50, 50)[:60], "empty": {}} {
			body, header := form(t, content)
			if got := w.call(t, "POST", "/v1/users/avatar", ada, body, header).Want(t, 400); !strings.Contains(got.Raw, `"field":"`) {
				t.Errorf("%s: %s", name, got.Raw)
			}
		}
		body, header = form(t, make([]byte, 2<<20+1))
		w.call(t, "POST", "/v1/users/avatar", ada, body, header).Want(t, 413)
		w.call(t, "DELETE", "/v1/users/ada/avatar", w.key(t, api.PermManageUser), nil).Want(t, 200)
		w.call(t, "GET", address, "", nil).Want(t, 404, "avatar_not_found")
	})
}
