package embed

import (
	"github.com/a-h/templ"

	"laurel/components/layout"
)

type templAttrs = templ.OrderedAttributes

func ordered(list []layout.Attr) templAttrs {
	out := make(templAttrs, 0, len(list))
	for _, a := range list {
		out = append(out, templ.KeyValue[string, any]{Key: a.Name, Value: a.Value})
	}
	return out
}
