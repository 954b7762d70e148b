package rest

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// appender is the data of a reply that writes its own JSON: for those that
// are asked for thousands of times a second.
type appender interface {
	AppendJSON(b []byte) []byte
}

// quick is a body that may hold such data; ok is false when it does not.
type quick interface {
	appendJSON(b []byte) (out []byte, ok bool)
}

// appendJSON writes the envelope around data that writes itself.
func (p partnerBody[T]) appendJSON(b []byte) ([]byte, bool) {
	data, ok := any(p.Data).(appender)
	if !ok || p.Meta.Total != nil {
		return b, false
	}
	b = append(b, `{"meta":{"status":"success","statusCode":`...)
	b = strconv.AppendInt(b, int64(p.Meta.StatusCode), 10)
	b = append(b, `},"message":`...)
	b = strconv.AppendQuote(b, p.Message)
	b = append(b, `,"data":`...)
	return append(data.AppendJSON(b), "}\n"...), true
}

// appendJSON writes the envelope around data that writes itself.
func (d dataBody[T]) appendJSON(b []byte) ([]byte, bool) {
	data, ok := any(d.Data).(appender)
	if !ok {
		return b, false
	}
	return append(data.AppendJSON(append(b, `{"data":`...)), "}\n"...), true
}

// buffers are for bodies that write themselves.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 1<<12); return &b }}

// jsonFormat is huma's own, except for bodies that write themselves.
func jsonFormat() huma.Format {
	return huma.Format{Unmarshal: json.Unmarshal, Marshal: func(w io.Writer, v any) error {
		if q, ok := v.(quick); ok {
			buffer := buffers.Get().(*[]byte)
			defer buffers.Put(buffer)
			if b, ok := q.appendJSON((*buffer)[:0]); ok {
				*buffer = b
				if r, ok := w.(http.ResponseWriter); ok {
					r.Header().Set("Content-Length", strconv.Itoa(len(b)))
				}
				_, err := w.Write(b)
				return err
			}
		}
		return huma.DefaultJSONFormat.Marshal(w, v)
	}}
}
