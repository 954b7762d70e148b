package apiclient

import (
	"bytes"
	"io"
	"net/http"
)

// direct serves requests by a handler in the same process. Replies are held
// in memory, except those of streams.
type direct struct{ h http.Handler }

// RoundTrip runs the handler with the request's own context.
func (d direct) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err // nobody waits for the reply
	}
	if req.RemoteAddr == "" {
		req.RemoteAddr = "127.0.0.1:0"
	}
	if req.Header.Get("Accept") == "text/event-stream" {
		return d.stream(req)
	}
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	d.h.ServeHTTP(rec, req)
	return rec.response(req, io.NopCloser(&rec.body)), nil
}

// stream runs the handler beside the caller and hands over what it writes.
func (d direct) stream(req *http.Request) (*http.Response, error) {
	reader, writer := io.Pipe()
	w := &streamed{recorder: recorder{header: http.Header{}, status: http.StatusOK}, pipe: writer, started: make(chan struct{})}
	go func() {
		d.h.ServeHTTP(w, req)
		w.WriteHeader(w.status)
		_ = writer.Close()
	}()
	select {
	case <-w.started:
		return w.response(req, reader), nil
	case <-req.Context().Done():
		_ = reader.Close()
		return nil, req.Context().Err()
	}
}

type recorder struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

// Header is the reply's header map.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader keeps the first status.
func (r *recorder) WriteHeader(status int) {
	if !r.wrote {
		r.status, r.wrote = status, true
	}
}

// Write keeps the bytes.
func (r *recorder) Write(b []byte) (int, error) {
	r.wrote = true
	return r.body.Write(b)
}

func (r *recorder) response(req *http.Request, body io.ReadCloser) *http.Response {
	return &http.Response{
		StatusCode: r.status, Status: http.StatusText(r.status), Header: r.header, Body: body, Request: req,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1,
	}
}

// streamed passes on each write at once.
type streamed struct {
	recorder
	pipe    *io.PipeWriter
	started chan struct{}
}

// WriteHeader lets the caller have the reply.
func (s *streamed) WriteHeader(status int) {
	if s.wrote {
		return
	}
	s.recorder.WriteHeader(status)
	close(s.started)
}

// Write hands the bytes to the reader of the reply.
func (s *streamed) Write(b []byte) (int, error) {
	s.WriteHeader(http.StatusOK)
	return s.pipe.Write(b)
}

// Flush has nothing to do: writes are handed over at once.
func (s *streamed) Flush() {}
