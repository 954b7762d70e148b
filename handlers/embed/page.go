package embed

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"

	"laurel/components/layout"
	"laurel/components/widget"
)

// revalidated lets every cache keep a page and ask on each use whether it
// still holds.
const revalidated = "public, max-age=0, must-revalidate"

// The codings of a page, in the order of preference.
const (
	asBrotli = iota
	asGzip
	asIs
	codings
)

// page is one rendering of a variant. It never changes, and is compressed when
// somebody first takes it so.
type page struct {
	frame    layout.FrameProps // with board: what it says, to tell whether a new one says the same
	board    widget.LeaderboardProps
	revision int64
	event    []byte // the same as an event of a live stream
	forms    [codings]form
}

// form is a page in one coding, with all its headers.
type form struct {
	once     sync.Once
	plain    []byte
	tag      string
	headers  []header
	coding   string
	body     []byte
	compress func([]byte) []byte
}

// header is a line whose slice is shared by all replies; nobody may change it.
type header struct {
	name   string
	values []string
}

// newPage takes over the body.
func newPage(body []byte, policy http.Header, vary string) *page {
	p := &page{}
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:12])
	for i := range p.forms {
		f := &p.forms[i]
		f.plain = body
		switch i {
		case asBrotli:
			f.coding, f.compress = "br", brotlied
		case asGzip:
			f.coding, f.compress = "gzip", gzipped
		}
		f.tag = `"` + strings.TrimSuffix(tag+"-"+f.coding, "-") + `"`
		f.headers = pageHeaders(policy, vary, f.tag)
	}
	return p
}

func pageHeaders(policy http.Header, vary, tag string) []header {
	list := []header{{"Cache-Control", []string{revalidated}}, {"Etag", []string{tag}}, {"Vary", []string{vary}}}
	for name, values := range policy {
		list = append(list, header{name, values})
	}
	return list
}

// ready compresses the form on first use.
func (f *form) ready() {
	f.once.Do(func() {
		f.body = f.plain
		if f.compress != nil {
			f.body = f.compress(f.plain)
			f.headers = append(f.headers, header{"Content-Encoding", []string{f.coding}})
		}
		f.headers = append(f.headers, header{"Content-Length", []string{strconv.Itoa(len(f.body))}},
			header{"Content-Type", []string{"text/html; charset=utf-8"}})
	})
}

// write answers with the page in a coding that the browser takes, or with 304
// when it has it.
func (p *page) write(w http.ResponseWriter, r *http.Request) {
	f := &p.forms[coding(r.Header["Accept-Encoding"])]
	f.ready()
	h := w.Header()
	same := isSame(r.Header["If-None-Match"], f.tag)
	for _, line := range f.headers {
		if same && strings.HasPrefix(line.name, "Content-") && line.name != "Content-Security-Policy" {
			continue
		}
		h[line.name] = line.values
	}
	if same {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.body) // the reader has gone; there is nobody to tell
	}
}

// isSame reports whether the browser holds the form with the tag already.
func isSame(header []string, tag string) bool {
	for _, h := range header {
		if strings.Contains(h, tag) || strings.TrimSpace(h) == "*" {
			return true
		}
	}
	return false
}

// coding is the best form that an Accept-Encoding header takes.
func coding(accept []string) int {
	if len(accept) == 0 {
		return asIs
	}
	best := asIs
	for part := range strings.SplitSeq(accept[0], ",") {
		name, params, _ := strings.Cut(part, ";")
		if params != "" && refuses(params) {
			continue
		}
		switch strings.TrimSpace(name) {
		case "br":
			return asBrotli
		case "gzip":
			best = asGzip
		}
	}
	return best
}

// refuses reports whether a weight is zero.
func refuses(params string) bool {
	_, weight, ok := strings.Cut(params, "=")
	if !ok {
		return false
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
	return err != nil || q <= 0
}

// The levels weigh the time of one rendering against the bytes of all readers.
const (
	brotliLevel = 5
	gzipLevel   = 6
)

func brotlied(plain []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotliLevel)
	_, _ = w.Write(plain) // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

func gzipped(plain []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzipLevel) // the level is a good one
	_, _ = w.Write(plain)
	_ = w.Close()
	return b.Bytes()
}
