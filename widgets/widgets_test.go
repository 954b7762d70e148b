package widgets_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"laurel/static"
	"laurel/widgets"
)

var kindName = regexp.MustCompile(`^[a-z]+$`)

func TestKindsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range widgets.Kinds() {
		if !kindName.MatchString(k.Name) || k.Title == "" {
			t.Errorf("%q: got title %q, want a word and a title", k.Name, k.Title)
		}
		if want := "laurel-" + k.Name; k.Tag != want {
			t.Errorf("%s: got tag %s, want %s", k.Name, k.Tag, want)
		}
		if want := "/embed/" + k.Name + "/"; k.Path != want {
			t.Errorf("%s: got path %s, want %s", k.Name, k.Path, want)
		}
		if !k.Public && !k.Authenticated {
			t.Errorf("%s: nobody can see it", k.Name)
		}
		if k.DefaultHeight <= 0 || k.DefaultWidth == "" {
			t.Errorf("%s: got size %s × %d", k.Name, k.DefaultWidth, k.DefaultHeight)
		}
		for _, unique := range append([]string{k.Name, k.Tag, k.RaiTag}, k.Aliases...) {
			if unique != "" && seen[unique] {
				t.Errorf("%s: %s is taken", k.Name, unique)
			}
			seen[unique] = true
		}
	}
}

func TestLeaderboardIsReady(t *testing.T) {
	k, ok := widgets.ByName("leaderboard")
	if !ok || !k.Ready || !k.Public || !k.Authenticated || k.Refresh != widgets.RefreshLive {
		t.Errorf("got %+v, %t", k, ok)
	}
	if got, want := k.PagePath("abc"), "/embed/leaderboard/abc"; got != want {
		t.Errorf("page: got %s, want %s", got, want)
	}
}

func TestByTag(t *testing.T) {
	for _, tag := range []string{"laurel-leaderboard", "rai-leaderboard-widget", "LAUREL-LEADERBOARD"} {
		if k, ok := widgets.ByTag(tag); !ok || k.Name != "leaderboard" {
			t.Errorf("%s: got %q, %t", tag, k.Name, ok)
		}
	}
	for _, tag := range []string{"", "laurel-", "div"} {
		if k, ok := widgets.ByTag(tag); ok {
			t.Errorf("%q: got %s, want none", tag, k.Name)
		}
	}
}

func TestKindsCannotBeChanged(t *testing.T) {
	widgets.Kinds()[0].Name = "changed"
	if _, ok := widgets.ByName("changed"); ok {
		t.Error("a caller changed the registry")
	}
}

// The loaders are built from the same registry.
func TestLoadersKnowEveryKind(t *testing.T) {
	for _, script := range []string{"embed.js", "widget-loader.js"} {
		source := string(static.Bytes(script))
		for _, k := range widgets.Kinds() {
			for _, part := range []string{k.Tag, k.RaiTag, k.Path} {
				if !strings.Contains(source, part) {
					t.Errorf("%s does not know %s; run go generate ./static", script, part)
				}
			}
		}
	}
}

func TestOEmbed(t *testing.T) {
	k, _ := widgets.ByName("leaderboard")
	in := widgets.OEmbedInput{
		BaseURL: "https://laurel.example", Provider: "Northwind", Title: `Sprint "&" more`, Kind: k, WidgetID: "w1",
	}
	got := widgets.NewOEmbed(in)
	want := `<iframe src="https://laurel.example/embed/leaderboard/w1" title="Sprint &#34;&amp;&#34; more" ` +
		`width="560" height="640" loading="lazy" frameborder="0"></iframe>`
	if got.HTML != want {
		t.Errorf("got %s, want %s", got.HTML, want)
	}
	if got.Type != "rich" || got.Version != "1.0" || got.ProviderName != "Northwind" {
		t.Errorf("got %+v", got)
	}
	in.MaxWidth, in.MaxHeight = 300, 200
	if got := widgets.NewOEmbed(in); got.Width != 300 || got.Height != 200 {
		t.Errorf("limits: got %d × %d, want 300 × 200", got.Width, got.Height)
	}
}

func TestSnippetAddresses(t *testing.T) {
	for _, s := range widgets.Snippets(widgets.SnippetInput{BaseURL: "https://laurel.example/", WidgetID: "w1"}) {
		if strings.Contains(s.Code, "laurel.example//") {
			t.Errorf("%s: a doubled slash", s.File)
		}
		if s.Group == widgets.GroupPage {
			continue
		}
		if !strings.Contains(s.Code, "LAUREL_") || !strings.HasSuffix(s.Code, "\n") {
			t.Errorf("%s: reads no secret from its environment", s.File)
		}
	}
}

func TestSnippetsPerGroup(t *testing.T) {
	languages := map[widgets.SnippetGroup][]string{}
	for _, s := range widgets.Snippets(widgets.SnippetInput{}) {
		languages[s.Group] = append(languages[s.Group], s.Language)
	}
	want := []string{"go", "node", "python", "php", "ruby", "csharp", "java"}
	for _, group := range []widgets.SnippetGroup{widgets.GroupExchange, widgets.GroupSigned} {
		if got := languages[group]; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", group, got, want)
		}
	}
	if got := len(languages[widgets.GroupPage]); got != 2 {
		t.Errorf("page: got %d, want 2", got)
	}
}
