package apiclient

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// follow reads server-sent events whose data is a T. It returns nil when the
// server ended the stream, and the context's error when the caller did.
func follow[T any](ctx context.Context, c *Client, path string, fn func(T)) error {
	req, err := c.build(ctx, request{method: "GET", path: path, header: http.Header{"Accept": {"text/event-stream"}}}, nil, "")
	if err != nil {
		return err
	}
	plain := *c.http
	plain.Timeout = 0
	res, err := plain.Do(req)
	if err != nil {
		return fmt.Errorf("open stream: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode >= 400 {
		return failure(res)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(make([]byte, 0, 4096), 1<<20)
	for lines.Scan() {
		text, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var v T
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			return fmt.Errorf("stream data: %w", err)
		}
		fn(v)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return nil
}
