package portaltest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http/httptest"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"laurel/engine/rest/resttest"
	"laurel/portaltest"
)

// conversation plays exchanges and names in the replies what is made by chance.
type conversation struct {
	t      *testing.T
	p      *portaltest.Portal
	values map[string]string // by name, without the $
	ids    []string          // that nobody named, by when they first came
}

func newConversation(t *testing.T, p *portaltest.Portal) *conversation {
	return &conversation{t: t, p: p, values: map[string]string{
		"url": p.URL, "community": p.Community.ID, "system": p.Secrets.SystemKey, "key": p.Key, "secure": p.Secrets.SecureAuthKey, "widgetKey": p.Secrets.WidgetKey,
		"olga": p.Owner.User.ID, "adam": p.Admin.User.ID, "mia": p.Member.User.ID,
		"owner": p.Owner.Token, "admin": p.Admin.Token, "member": p.Member.Token,
	}}
}

// play sends a request and gives the reply as the file shows it.
func (c *conversation) play(x exchange) string {
	c.t.Helper()
	c.p.Clock.Advance(x.wait)
	if err := c.p.Engine.Ledger.CatchUp(c.t.Context(), c.p.Community.ID); err != nil {
		c.t.Fatal(err)
	}
	body, header := c.body(x)
	r := c.call(x, body, header)
	for _, k := range x.keep {
		c.values[k.name] = c.value(x, r, k)
	}
	return strconv.Itoa(r.Status) + c.written(r)
}

// call sends a request; of a live stream it takes what comes first.
func (c *conversation) call(x exchange, body any, header []string) resttest.Reply {
	path, credential := c.fill(x.path), c.credential(x.caller)
	if !strings.HasSuffix(path, "/stream") {
		return resttest.Call(c.t, c.p, x.method, path, credential, body, header...)
	}
	ctx, leave := context.WithCancel(c.t.Context())
	defer leave()
	req := httptest.NewRequestWithContext(ctx, x.method, path, nil)
	if credential != "" {
		req.Header.Set("Authorization", "Bearer "+credential)
	}
	rec := &glance{ResponseRecorder: httptest.NewRecorder(), leave: leave}
	c.p.ServeHTTP(rec, req)
	return resttest.Reply{Status: rec.Code, Header: rec.Header(), Raw: rec.Body.String()}
}

// glance leaves a stream as soon as it has told something.
type glance struct {
	*httptest.ResponseRecorder
	leave func()
}

// Flush ends the stream once there is an event.
func (g *glance) Flush() {
	if strings.Contains(g.Body.String(), "data:") {
		g.leave()
	}
}

func (c *conversation) credential(caller string) string {
	switch caller {
	case "nobody":
		return ""
	case "system":
		return "key:" + c.values["system"]
	}
	return c.values[strings.TrimPrefix(caller, "$")]
}

var variable = regexp.MustCompile(`\$(\w+)`)

// fill puts values where their names stand.
func (c *conversation) fill(text string) string {
	return variable.ReplaceAllStringFunc(text, func(name string) string {
		v, ok := c.values[name[1:]]
		if !ok {
			c.t.Fatalf("nothing is kept as %s", name)
		}
		return v
	})
}

func (c *conversation) body(x exchange) (body any, header []string) {
	for _, h := range x.header {
		header = append(header, c.fill(h))
	}
	if len(x.form) > 0 {
		raw, kind := c.form(x.form)
		return raw, append(header, "Content-Type: "+kind)
	}
	if x.body == "" {
		return nil, header
	}
	return c.fill(x.body), header
}

func (c *conversation) form(fields [][2]string) (raw []byte, kind string) {
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for _, f := range fields {
		if f[1] != "@png" {
			_ = w.WriteField(f[0], c.fill(f[1]))
			continue
		}
		part, err := w.CreateFormFile(f[0], "picture.png")
		if err != nil {
			c.t.Fatal(err)
		}
		if err := png.Encode(part, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
			c.t.Fatal(err)
		}
	}
	_ = w.Close()
	return out.Bytes(), w.FormDataContentType()
}

// value finds what an exchange keeps of its reply.
func (c *conversation) value(x exchange, r resttest.Reply, k kept) string {
	c.t.Helper()
	var found any
	if err := json.Unmarshal([]byte(r.Raw), &found); err != nil {
		c.t.Fatalf("%s: %v: %s", x.lines[0], err, r.Raw)
	}
	for part := range strings.SplitSeq(k.path, ".") {
		switch level := found.(type) {
		case map[string]any:
			found = level[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(level) {
				c.t.Fatalf("%s: %s leads nowhere: %s", x.lines[0], k.path, r.Raw)
			}
			found = level[i]
		}
	}
	text := fmt.Sprint(found)
	if m := regexp.MustCompile(k.expression).FindStringSubmatch(text); len(m) > 1 {
		text = m[1]
	}
	if found == nil || text == "" {
		c.t.Fatalf("%s: %s leads to nothing: %s", x.lines[0], k.path, r.Raw)
	}
	return text
}

var (
	identity = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{24}\b`)
	byChance = regexp.MustCompile(`"requestId": "[^"]*"|eyJ[\w-]+\.[\w-]+\.[\w-]+|lrl_[\w.-]+|[\w-]{40,}\.(?:jpg|png)`)
)

// written is the body of a reply with names for what is made by chance.
func (c *conversation) written(r resttest.Reply) string {
	text := readable(r)
	if text == "" {
		return ""
	}
	for _, name := range c.names() {
		text = strings.ReplaceAll(text, c.values[name], "$"+name)
	}
	text = byChance.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, `"requestId`) {
			return `"requestId": "…"`
		}
		return "SECRET"
	})
	return "\n" + strings.TrimRight(identity.ReplaceAllStringFunc(text, c.id), "\n")
}

// readable is JSON with line breaks, a picture's type and size, other text as it is.
func readable(r resttest.Reply) string {
	kind := r.Header.Get("Content-Type")
	if strings.HasPrefix(kind, "image/") {
		return fmt.Sprintf("%s, %d bytes", kind, len(r.Raw))
	}
	var out bytes.Buffer
	if strings.HasPrefix(kind, "application/json") && json.Indent(&out, []byte(r.Raw), "", "  ") == nil {
		return out.String()
	}
	return r.Raw
}

// names lists the kept values, long ones first: one may be within another.
func (c *conversation) names() []string {
	var out []string
	for name, value := range c.values {
		if len(value) > 5 {
			out = append(out, name)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := c.values[out[i]], c.values[out[j]]
		return len(a) > len(b) || len(a) == len(b) && out[i] < out[j]
	})
	return out
}

func (c *conversation) id(id string) string {
	for i, known := range c.ids {
		if known == id {
			return fmt.Sprintf("ID%d", i+1)
		}
	}
	c.ids = append(c.ids, id)
	return fmt.Sprintf("ID%d", len(c.ids))
}
