package rest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

// TestBadBodiesNameTheField sends what the schema does not allow.
func TestBadBodiesNameTheField(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	for _, c := range []struct{ name, body, field, message string }{
		{"missing", `{}`, "name", "is required"},
		{"empty", `{"name":""}`, "name", ""},
		{"too long", `{"name":"` + strings.Repeat("x", 21) + `"}`, "name", ""},
		{"a number for a text", `{"name":5}`, "name", "must be a text"},
		{"a text for a number", `{"name":"a","count":"5"}`, "count", "must be a whole number"},
		{"a fraction for a whole number", `{"name":"a","count":1.5}`, "count", "must be a whole number"},
		{"a number beyond all integers", `{"name":"a","count":1e30}`, "count", ""},
		{"too many", `{"name":"a","count":11}`, "count", "10"},
		{"null", `{"name":null}`, "name", ""},
		{"a list for an object", `{"name":"a","size":[]}`, "size", "must be an object"},
		{"inside an object", `{"name":"a","size":{"width":"wide"}}`, "size.width", "must be a whole number"},
		{"missing inside an object", `{"name":"a","size":{}}`, "size.width", "is required"},
		{"inside a list", `{"name":"a","tags":["x",7]}`, "tags[1]", "must be a text"},
		{"a long list", `{"name":"a","tags":["1","2","3","4"]}`, "tags", "3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := resttest.Call(t, s, "POST", "/v1/things", keyOne, c.body).Want(t, 400, "validation_failed")
			var body struct {
				Errors  []struct{ Field, Message string }
				Message string
			}
			if err := json.Unmarshal([]byte(got.Raw), &body); err != nil || len(body.Errors) == 0 {
				t.Fatalf("no field in %s", got.Raw)
			}
			if body.Errors[0].Field != c.field || !strings.Contains(body.Errors[0].Message, c.message) || !strings.HasPrefix(body.Message, c.field) {
				t.Errorf("got %+v and %q, want %s %s", body.Errors, body.Message, c.field, c.message)
			}
		})
	}
	for name, body := range map[string]string{"no JSON": "{", "not an object": `[]`, "two of them": `{"name":"a"}{"name":"b"}`, "nothing": ""} {
		if got := resttest.Call(t, s, "POST", "/v1/things", keyOne, body); got.Status != 400 || got.Text("code") == "" {
			t.Errorf("%s: got %d %s", name, got.Status, got.Raw)
		}
	}
	if n := s.count(t); n != 0 {
		t.Errorf("%d things were kept", n)
	}
}

// TestUnknownFieldsAreLeftAside is how the reference's servers treat them.
func TestUnknownFieldsAreLeftAside(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	got := resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"a","colour":"red","size":{"width":1,"depth":2}}`).Want(t, 200)
	if strings.Contains(got.Raw, "colour") || strings.Contains(got.Raw, "depth") || got.Text("data.name") != "a" {
		t.Errorf("got %s", got.Raw)
	}
}

// TestBodiesAreBounded sends a body and a form that are larger than allowed,
// with and without a key that makes the body be read beforehand.
func TestBodiesAreBounded(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	server := httptest.NewServer(s)
	defer server.Close()
	large := `{"name":"a","filler":"` + strings.Repeat("x", 1<<20) + `"}`
	form, header := picture(t, shopBody+1)
	for _, h := range []string{"X-Nothing: x", "Idempotency-Key: k"} {
		resttest.Call(t, s, "POST", "/v1/things", keyOne, large, h).Want(t, 413, "body_too_large")
		resttest.Call(t, s, "POST", "/v1/pictures", keyOne, form, header, h).Want(t, 413, "body_too_large")
		if status, reply := post(t, server.URL+"/v1/pictures", header, h, form); status != 413 {
			t.Errorf("over HTTP: got %d %s", status, reply)
		}
		form, header := picture(t, shopBody-2000)
		resttest.Call(t, s, "POST", "/v1/pictures", keyOne, form, header, h).Want(t, 200)
	}
	if n := s.count(t); n != 0 {
		t.Errorf("%d things were kept", n)
	}
}

// TestFormsLeaveNoFilesBehind looks where large forms are kept meanwhile.
func TestFormsLeaveNoFilesBehind(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := newShop(t, dbtest.Open(t))
	server := httptest.NewServer(s)
	defer server.Close()
	form, header := picture(t, shopBody-2000)
	if status, reply := post(t, server.URL+"/v1/pictures", header, "X-Nothing: x", form); status != 200 {
		t.Fatalf("got %d %s", status, reply)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestSlowBodiesAreGivenUp stops in the middle of a body.
func TestSlowBodiesAreGivenUp(t *testing.T) {
	s := newShop(t, dbtest.Open(t), quickly)
	server := httptest.NewServer(s)
	defer server.Close()
	for _, h := range []string{"X-Nothing: x", "Idempotency-Key: k"} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 100\r\n%s\r\n\r\n{\"name\":", keyOne, h)
		answer, err := io.ReadAll(conn)
		if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 400")) || !bytes.Contains(answer, []byte("body_incomplete")) {
			t.Errorf("%s: got %.300s, %v", h, answer, err)
		}
		_ = conn.Close()
	}
}

// TestLongAnswersOutliveTheBodysTime answers long after the time for the body.
func TestLongAnswersOutliveTheBodysTime(t *testing.T) {
	s := newShop(t, dbtest.Open(t), quickly)
	server := httptest.NewServer(s)
	defer server.Close()
	go func() {
		<-s.begun
		time.Sleep(200 * time.Millisecond) // four times what the body had
		close(s.hold)
	}()
	if status, reply := post(t, server.URL+"/v1/slow", "Content-Type: application/json", "X-Nothing: x", []byte(`{"name":"a"}`)); status != 200 {
		t.Errorf("got %d %s", status, reply)
	}
}

// picture is a form with a file of a size, and its header.
func picture(t *testing.T, n int) (body []byte, header string) {
	t.Helper()
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	part, err := form.CreateFormFile("picture", "a.png")
	if err == nil {
		_, err = part.Write(make([]byte, n))
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), "Content-Type: " + form.FormDataContentType()
}

func post(t *testing.T, address, contentType, header string, body []byte) (status int, reply string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+keyOne)
	for _, line := range []string{contentType, header} {
		name, value, _ := strings.Cut(line, ": ")
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}
