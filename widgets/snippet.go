package widgets

import (
	"embed"
	"encoding/json"
	"html"
	"path"
	"strconv"
	"strings"
	"sync"
	"text/template"
)

// Snippet is one piece of code for a partner, ready to be pasted.
type Snippet struct {
	Language string // "html", "go", "node", "python", "php", "ruby", "csharp" or "java"
	Title    string // what it is, in English
	Group    SnippetGroup
	File     string // suggested file name
	Code     string // ends in a newline
}

// SnippetGroup says which road a snippet belongs to.
type SnippetGroup string

// The groups, in the order in which a partner needs them.
const (
	GroupPage     SnippetGroup = "page"     // what stands in the partner's page
	GroupExchange SnippetGroup = "exchange" // token by access key, server to server
	GroupSigned   SnippetGroup = "signed"   // token that the partner signs itself
)

// SnippetInput is what the snippets are filled in with. Secrets are never
// written into them: the code reads them from LAUREL_ACCESS_KEY and
// LAUREL_WIDGET_SECRET.
type SnippetInput struct {
	BaseURL   string // public address of this deployment, without a slash at the end
	Kind      string // name of the kind; leaderboard when empty
	WidgetID  string
	Title     string // name of the widget, for the frame's title
	AccessID  string // public half of the access key; a note stands there when empty
	Theme     string // "light", "dark", "auto"; nothing is written when empty
	Locale    string // BCP 47; nothing is written when empty
	Height    int    // CSS pixels to reserve; the kind's when 0
	Origin    string // the partner's site, https://example.com when empty
	Attribute string // user identifier, "data-email" when empty
	Public    bool   // everybody may see the widget, so the page needs no token
}

//go:embed snippets
var snippetFiles embed.FS

// snippetList names the templates in snippets, in the order of display.
var snippetList = []Snippet{
	{Language: "html", Title: "Custom element", Group: GroupPage, File: "element.html"},
	{Language: "html", Title: "Plain iframe", Group: GroupPage, File: "iframe.html"},
	{Language: "go", Title: "Go", Group: GroupExchange, File: "exchange.go"},
	{Language: "node", Title: "Node.js", Group: GroupExchange, File: "exchange.mjs"},
	{Language: "python", Title: "Python", Group: GroupExchange, File: "exchange.py"},
	{Language: "php", Title: "PHP", Group: GroupExchange, File: "exchange.php"},
	{Language: "ruby", Title: "Ruby", Group: GroupExchange, File: "exchange.rb"},
	{Language: "csharp", Title: "C#", Group: GroupExchange, File: "exchange.cs"},
	{Language: "java", Title: "Java", Group: GroupExchange, File: "Exchange.java"},
	{Language: "go", Title: "Go", Group: GroupSigned, File: "sign.go"},
	{Language: "node", Title: "Node.js", Group: GroupSigned, File: "sign.mjs"},
	{Language: "python", Title: "Python", Group: GroupSigned, File: "sign.py"},
	{Language: "php", Title: "PHP", Group: GroupSigned, File: "sign.php"},
	{Language: "ruby", Title: "Ruby", Group: GroupSigned, File: "sign.rb"},
	{Language: "csharp", Title: "C#", Group: GroupSigned, File: "sign.cs"},
	{Language: "java", Title: "Java", Group: GroupSigned, File: "Sign.java"},
}

var snippetTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("snippets").Funcs(template.FuncMap{
		"attr": html.EscapeString, "str": quoted, "single": singleQuoted,
	}).ParseFS(snippetFiles, "snippets/*.tmpl"))
})

// Snippets gives the code for one widget in every language, filled in. Values
// are quoted for the language they stand in, so that no value can end a string.
func Snippets(in SnippetInput) []Snippet {
	view := newSnippetView(in)
	out := make([]Snippet, 0, len(snippetList))
	for _, s := range snippetList {
		var b strings.Builder
		if err := snippetTemplates().ExecuteTemplate(&b, path.Base(s.File)+".tmpl", view); err != nil {
			panic("widgets: snippet " + s.File + ": " + err.Error()) // the templates are part of the program
		}
		s.Code = b.String()
		out = append(out, s)
	}
	return out
}

type snippetView struct {
	SnippetInput
	Tag     string
	PageURL string
	Width   string
	Pixels  string
}

func newSnippetView(in SnippetInput) snippetView {
	in.BaseURL = strings.TrimRight(in.BaseURL, "/")
	kind, ok := ByName(in.Kind)
	if !ok {
		kind, _ = ByName("leaderboard")
	}
	in.Kind = kind.Name
	in.Title = either(in.Title, kind.Title)
	in.AccessID = either(in.AccessID, "YOUR_ACCESS_ID")
	in.Origin = either(in.Origin, "https://example.com")
	in.Attribute = either(in.Attribute, "data-email")
	if in.Height <= 0 {
		in.Height = kind.DefaultHeight
	}
	return snippetView{
		SnippetInput: in, Tag: kind.Tag, Width: kind.DefaultWidth,
		PageURL: in.BaseURL + kind.PagePath(in.WidgetID), Pixels: strconv.Itoa(in.Height),
	}
}

func either(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// quoted writes a string literal between double quotes that means the same in
// Go, JavaScript, Python, C# and Java.
func quoted(s string) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(s)
	return strings.TrimSpace(b.String()), err
}

// singleQuoted writes a string literal for PHP and Ruby, where double quotes
// would interpolate.
func singleQuoted(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}
