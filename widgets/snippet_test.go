package widgets_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"laurel/widgets"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// partner is what a partner would see in the portal.
var partner = widgets.SnippetInput{
	BaseURL: "https://laurel.example", WidgetID: "64b0c2f1a2b3c4d5e6f70819", Title: `Autumn "sprint"`,
	AccessID: "ak_demo", Theme: "auto", Locale: "pt-PT", Height: 720, Origin: "https://broker.example",
}

func TestSnippetGoldens(t *testing.T) {
	for _, s := range widgets.Snippets(partner) {
		t.Run(s.File, func(t *testing.T) {
			path := filepath.Join("testdata", "snippets", s.File+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(s.Code), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), s.Code); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func TestValuesCannotLeaveTheirStrings(t *testing.T) {
	in := partner
	in.AccessID, in.Title = `a"b'c\d#{e}$f`, `"><script>`
	for _, s := range widgets.Snippets(in) {
		if strings.Contains(s.Code, `"a"b`) || strings.Contains(s.Code, `b'c\d`) && s.Language == "php" {
			t.Errorf("%s: the value ends its string:\n%s", s.File, s.Code)
		}
		if s.Group == widgets.GroupPage && strings.Contains(s.Code, `"><script>`) {
			t.Errorf("%s: the title became markup", s.File)
		}
	}
}

// runners say how a snippet's function is called and its answer printed.
var runners = map[string]struct {
	program string
	call    map[widgets.SnippetGroup]string
}{
	"node": {"node", map[widgets.SnippetGroup]string{
		widgets.GroupExchange: "\nprocess.stdout.write(await embedToken(process.argv[2]));\n",
		widgets.GroupSigned:   "\nprocess.stdout.write(signedEmbedToken(process.argv[2]));\n",
	}},
	"python": {"python3", map[widgets.SnippetGroup]string{
		widgets.GroupExchange: "\nimport sys\nprint(embed_token(sys.argv[1]), end='')\n",
		widgets.GroupSigned:   "\nimport sys\nprint(signed_embed_token(sys.argv[1]), end='')\n",
	}},
	"php": {"php", map[widgets.SnippetGroup]string{
		widgets.GroupExchange: "\necho embed_token($argv[1]);\n",
		widgets.GroupSigned:   "\necho signed_embed_token($argv[1]);\n",
	}},
	"ruby": {"ruby", map[widgets.SnippetGroup]string{
		widgets.GroupExchange: "\nprint embed_token(ARGV[0])\n",
		widgets.GroupSigned:   "\nprint signed_embed_token(ARGV[0])\n",
	}},
}

// runnable picks the snippets of a group that can be run here: Node's and
// Python's in CI always, the others where their programs are installed.
func runnable(in widgets.SnippetInput, group widgets.SnippetGroup) []widgets.Snippet {
	var out []widgets.Snippet
	for _, s := range widgets.Snippets(in) {
		runner, ok := runners[s.Language]
		if !ok || s.Group != group {
			continue
		}
		needed := os.Getenv("CI") != "" && (s.Language == "node" || s.Language == "python")
		if _, err := exec.LookPath(runner.program); err == nil || needed {
			out = append(out, s)
		}
	}
	return out
}

// runSnippet runs a snippet for one identifier and returns the token it prints.
func runSnippet(t *testing.T, s widgets.Snippet, identifier string) string {
	t.Helper()
	runner := runners[s.Language]
	path := filepath.Join(t.TempDir(), s.File)
	if err := os.WriteFile(path, []byte(s.Code+runner.call[s.Group]), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), runner.program, path, identifier)
	cmd.Env = append(os.Environ(), "LAUREL_ACCESS_KEY=the key", "LAUREL_WIDGET_SECRET=the secret")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", s.File, err, stderr(err))
	}
	return string(out)
}

func stderr(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return string(exit.Stderr)
	}
	return ""
}

const identifier = `ana+"test"@broker.example`

func TestSignedSnippetsRun(t *testing.T) {
	for _, s := range runnable(partner, widgets.GroupSigned) {
		t.Run(s.File, func(t *testing.T) {
			t.Parallel()
			checkSigned(t, runSnippet(t, s, identifier))
		})
	}
}

func checkSigned(t *testing.T, token string) {
	t.Helper()
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return []byte("the secret"), nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithAudience("laurel:embed"), jwt.WithIssuer("ak_demo"),
		jwt.WithSubject(identifier), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(30*time.Second))
	if err != nil {
		t.Fatalf("%s: %v", token, err)
	}
	if got, want := claims["wid"], partner.WidgetID; got != want {
		t.Errorf("wid: got %v, want %s", got, want)
	}
	if got, want := claims["origin"], partner.Origin; got != want {
		t.Errorf("origin: got %v, want %s", got, want)
	}
	if jti, _ := claims["jti"].(string); len(jti) < 16 {
		t.Errorf("jti: got %q, want 16 characters or more", jti)
	}
	if life := claims["exp"].(float64) - claims["iat"].(float64); life != 300 {
		t.Errorf("life: got %v s, want 300", life)
	}
}

func TestExchangeSnippetsRun(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(exchange))
	t.Cleanup(server.Close)
	in := partner
	in.BaseURL = server.URL
	for _, s := range runnable(in, widgets.GroupExchange) {
		t.Run(s.File, func(t *testing.T) {
			t.Parallel()
			if got, want := runSnippet(t, s, identifier), "token for "+identifier; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// exchange answers as the server does, to the right question only.
func exchange(w http.ResponseWriter, r *http.Request) {
	var in struct {
		AccessID, AccessKey string
		UserIdentifiers     map[string]string
	}
	body, _ := io.ReadAll(r.Body)
	err := json.Unmarshal(body, &in)
	right := r.Method == http.MethodPost && r.URL.Path == "/v2/api/widget-access-keys/token" &&
		r.Header.Get("Content-Type") != "" && strings.HasPrefix(r.Header.Get("Content-Type"), "application/json")
	if err != nil || !right || in.AccessID != partner.AccessID || in.AccessKey != "the key" {
		http.Error(w, string(body), http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"data": map[string]any{
		"embedToken": "token for " + in.UserIdentifiers["data-email"], "expiresIn": 900,
	}})
}

func TestGoSnippetsPassVet(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{"go.mod": "module laurel\n\ngo 1.24\n"}
	for _, s := range widgets.Snippets(partner) {
		if s.Language == "go" {
			files[s.File] = s.Code
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"vet", "./..."}, {"run", "cmd/gofmt", "-l", dir}} {
		if out, err := goTool(t.Context(), dir, args...); err != nil || len(out) > 0 {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

func goTool(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOTOOLCHAIN=local")
	return cmd.CombinedOutput()
}
