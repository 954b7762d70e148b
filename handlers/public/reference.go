package public

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/reference"
	"laurel/handlers/web"
)

// Reference is the browsable reference, made of the API's own document.
func Reference(v *web.Visit) error {
	raw, err := v.API.OpenAPI(v.Ctx())
	if err != nil {
		return err
	}
	var doc document
	if err := json.Unmarshal(raw, &doc); err != nil {
		return fmt.Errorf("read OpenAPI document: %w", err)
	}
	found, err := v.API.Widgets().PublicCommunity(v.Ctx(), v.CommunityRef())
	if err != nil && !api.IsKind(err, api.NotFound) {
		return err
	}
	v.Community = found.Community
	return v.Page(page.Page(page.Props{
		PublicProps: v.Public("API reference", doc.Info.Description), Name: doc.Info.Title, Version: doc.Info.Version, Text: doc.Info.Description,
		Base: v.BaseURL(), Search: v.Query("search"), Groups: doc.groups(strings.ToLower(v.Query("search"))),
	}))
}

// ToReference leads the other address of the reference to it.
func ToReference(v *web.Visit) error { return v.Go(link.Docs) }

// document is what the page needs of an OpenAPI 3.1 document.
type document struct {
	Info struct {
		Title       string `json:"title"`
		Version     string `json:"version"`
		Description string `json:"description"`
	} `json:"info"`
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	ID          string   `json:"operationId"`
	Summary     string   `json:"summary"`
	Description string   `json:"description"`
	Tags        []string `json:"tags"`
	Permission  string   `json:"x-permission"`
	Security    []any    `json:"security"`
	Parameters  []struct {
		Name        string `json:"name"`
		In          string `json:"in"`
		Required    bool   `json:"required"`
		Description string `json:"description"`
		Schema      schema `json:"schema"`
	} `json:"parameters"`
	RequestBody *content           `json:"requestBody"`
	Responses   map[string]content `json:"responses"`
}

type content struct {
	Content map[string]struct {
		Schema schema `json:"schema"`
	} `json:"content"`
}

func (c content) schema() (schema, bool) {
	json, ok := c.Content["application/json"]
	return json.Schema, ok
}

// groups are the operations that match, by tag and then by address.
func (d document) groups(search string) []page.Group {
	byTag := map[string][]page.Op{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			o := d.op(path, method, op)
			if !strings.Contains(strings.ToLower(o.Method+" "+o.Path+" "+o.Summary+" "+o.Text), search) {
				continue
			}
			tag := "Other"
			if len(op.Tags) > 0 {
				tag = op.Tags[0]
			}
			byTag[tag] = append(byTag[tag], o)
		}
	}
	out := make([]page.Group, 0, len(byTag))
	for tag, ops := range byTag {
		slices.SortFunc(ops, func(a, b page.Op) int {
			return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Method, b.Method))
		})
		out = append(out, page.Group{Name: tag, Ops: ops})
	}
	slices.SortFunc(out, func(a, b page.Group) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (d document) op(path, method string, op operation) page.Op {
	o := page.Op{
		ID: op.ID, Method: strings.ToUpper(method), Path: path, Summary: op.Summary, Text: op.Description, Permission: op.Permission,
		Open: len(op.Security) == 0,
	}
	for _, p := range op.Parameters {
		o.Params = append(o.Params, page.Field{Name: p.Name, In: p.In, Required: p.Required, Text: cmp.Or(p.Description, p.Schema.Description), Type: p.Schema.name()})
	}
	if op.RequestBody != nil {
		if s, ok := op.RequestBody.schema(); ok {
			o.Body = d.fields(s, 0)
		}
	}
	for _, status := range []string{"200", "201", "202"} {
		if s, ok := op.Responses[status].schema(); ok {
			o.Reply = d.fields(s, 0)
			break
		}
	}
	return o
}
