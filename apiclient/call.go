package apiclient

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"laurel/api"
)

// Page is one page of a list with the size of the whole.
type Page[T any] struct {
	Items []T
	Page  int
	Limit int
	Total int

	Next, Prev string // cursors of the pages beside it, in lists that have them
	Start      int    // place of the first item in such a list, from 1
}

type envelope[T any] struct {
	Data T `json:"data"`
	Body T `json:"body"`
	Meta struct {
		Page  int `json:"page"`
		Limit int `json:"limit"`
		Total int `json:"total"`
		Start int `json:"start"`

		Next string `json:"nextCursor"`
		Prev string `json:"prevCursor"`
	} `json:"meta"`
}

// request is one call: query and body may be nil.
type request struct {
	method, path string
	query        url.Values
	body         any
	header       http.Header
}

// data calls and takes the reply's data member.
func data[T any](ctx context.Context, c *Client, r request) (T, error) {
	var e envelope[T]
	err := c.call(ctx, r, &e)
	return e.Data, err
}

// plain calls and takes the whole reply.
func plain[T any](ctx context.Context, c *Client, r request) (T, error) {
	var out T
	err := c.call(ctx, r, &out)
	return out, err
}

// page calls and takes a page of a list.
func page[T any](ctx context.Context, c *Client, r request) (Page[T], error) {
	var e envelope[[]T]
	err := c.call(ctx, r, &e)
	return Page[T]{e.Data, e.Meta.Page, e.Meta.Limit, e.Meta.Total, e.Meta.Next, e.Meta.Prev, e.Meta.Start}, err
}

// listed calls and takes one page of a list of the Integration family.
func listed[T any](ctx context.Context, c *Client, r request) (Page[T], error) {
	var e struct {
		Data       []T `json:"data"`
		Pagination struct {
			Total int `json:"total"`
			Page  int `json:"currentPage"`
		} `json:"pagination"`
	}
	err := c.call(ctx, r, &e)
	return Page[T]{Items: e.Data, Page: e.Pagination.Page, Total: e.Pagination.Total}, err
}

// call sends the request, repeating it when that is safe and may help, and
// decodes the reply into out.
func (c *Client) call(ctx context.Context, r request, out any) error {
	raw, err := encode(r.body)
	if err != nil {
		return err
	}
	key := r.header.Get("Idempotency-Key")
	if key == "" && r.method != http.MethodGet {
		key, _ = ctx.Value(idempotencyKey{}).(string)
	}
	if key == "" && c.autoKeys && r.method != http.MethodGet && c.secret != "" {
		key = newKey()
	}
	for attempt := 0; ; attempt++ {
		err = c.once(ctx, r, raw, key, out)
		wait, again := c.mayRepeat(err, attempt)
		if !again {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(wait):
		}
	}
}

func (c *Client) once(ctx context.Context, r request, raw []byte, key string, out any) error {
	req, err := c.build(ctx, r, raw, key)
	if err != nil {
		return err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return &api.Error{Kind: api.Upstream, Code: "unreachable", Message: "The API could not be reached.", Fields: nil, RequestID: ""}
	}
	defer res.Body.Close()
	if res.StatusCode >= 400 {
		return failure(res)
	}
	if out == nil || res.StatusCode == http.StatusNoContent {
		return nil
	}
	if err := json.NewDecoder(res.Body).Decode(out); err != nil {
		return fmt.Errorf("decode reply of %s %s: %w", r.method, r.path, err)
	}
	return nil
}

func (c *Client) build(ctx context.Context, r request, raw []byte, key string) (*http.Request, error) {
	address := c.base + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	var body io.Reader = http.NoBody
	if raw != nil {
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, body)
	if err != nil {
		return nil, fmt.Errorf("build request: %w", err)
	}
	for name, values := range r.header {
		req.Header[name] = values
	}
	if raw != nil && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	if c.header != "" {
		req.Header.Set(c.header, c.secret)
	}
	c.present(ctx, req)
	return req, nil
}

func encode(body any) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	if sent, ok := body.(rawBody); ok {
		return sent, nil
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("encode request: %w", err)
	}
	return raw, nil
}

// failure reads the error body of a reply.
func failure(res *http.Response) error {
	raw, _ := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	var body api.ErrorBody
	if json.Unmarshal(raw, &body) != nil || body.Code == "" {
		body.Code, body.Message = "unexpected_reply", "The API answered "+res.Status+"."
	}
	e := &api.Error{Kind: api.KindOf(res.StatusCode), Code: body.Code, Message: body.Message, Fields: body.Errors, RequestID: body.RequestID}
	if s, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil {
		e.RetryAfter = time.Duration(s) * time.Second
	}
	return e
}

// mayRepeat says whether a failed call should be sent again, and when: only
// for failures that pass, and never longer than two seconds of waiting.
func (c *Client) mayRepeat(err error, attempt int) (time.Duration, bool) {
	var e *api.Error
	if attempt >= c.retries || !errors.As(err, &e) {
		return 0, false
	}
	if e.Kind != api.Unavailable && e.Kind != api.Upstream && e.Code != "idempotency_in_progress" {
		return 0, false
	}
	wait := max(e.RetryAfter, time.Duration(100<<attempt)*time.Millisecond)
	return wait, wait <= 2*time.Second
}

type idempotencyKey struct{}

// WithIdempotencyKey is a context for one write, which the server carries out
// once for the key: repeating it gives the first reply again.
func WithIdempotencyKey(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, idempotencyKey{}, key)
}

func newKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
