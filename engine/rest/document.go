package rest

import (
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

// humaConfig is the bare document: no docs page, no $schema links in replies,
// unknown fields in bodies are ignored as the reference's servers do.
func humaConfig(version string) huma.Config {
	c := huma.DefaultConfig("Laurel API", version)
	c.CreateHooks, c.Transformers = nil, nil
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.AllowAdditionalPropertiesByDefault = true
	c.Formats = map[string]huma.Format{"application/json": jsonFormat(), "json": jsonFormat()}
	c.Info.Description = "Loyalty and gamification: members, points, leaderboards, widgets. Speaks Returning.AI's public API."
	c.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	c.Servers = []*huma.Server{{URL: "/", Description: "This deployment."}}
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer":    {Type: "http", Scheme: "bearer", Description: "A community key, a user key or a user token."},
		"systemKey": {Type: "apiKey", In: "header", Name: "X-API-Key", Description: "The community's system key."},
	}
	return c
}

// schemaName is huma's name for a type, without what component names must
// not hold.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	return strings.NewReplacer("Interface {}", "Any", "Struct {}", "Nothing", " ", "", "{", "", "}", "").Replace(name)
}

// tidy takes 422 out of a registered operation's document: it does not exist
// here, 400 says the same.
func (k *Kit) tidy(op Op) {
	item := k.api.OpenAPI().Paths[op.Path]
	for _, o := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
		if o != nil {
			delete(o.Responses, "422")
		}
	}
}

// documents serves the OpenAPI document in both forms.
func (k *Kit) documents() {
	k.echo.GET("/openapi.json", func(c echo.Context) error {
		b, err := k.api.OpenAPI().MarshalJSON()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/json", b)
	})
	k.echo.GET("/openapi.yaml", func(c echo.Context) error {
		b, err := k.api.OpenAPI().YAML()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/yaml", b)
	})
}
