package widgets_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"laurel/portaltest/browser"
)

func TestHeightFollowsContentBothWays(t *testing.T) {
	t.Parallel()
	b, origin := newBoard(t)
	p := embed(t, b, origin, `<laurel-leaderboard widget="w1" theme="dark"></laurel-leaderboard>`)
	p.Find("#told").WantContains("ready")
	if got := p.Eval(`told[0].startsWith("resize") && told[1] === "ready"`); got != true {
		t.Errorf("first messages: got %v, want the height, then ready", p.Eval(`told.join()`))
	}
	frame := p.FrameAt("/embed/leaderboard/w1")
	for _, pad := range []string{"400px", "1200px", "300.4px", "0px"} {
		if _, err := frame.Find("#laurel").Raw.Evaluate(`(main, height) => { main.lastChild.style.height = height; }`, pad); err != nil {
			t.Fatal(err)
		}
		if gap := settledGap(t, p); gap < 0 || gap >= 1 {
			t.Errorf("%s: the frame is %v px taller than its content, want less than 1", pad, gap)
		}
	}
	before := p.Eval(`told.length`)
	if after := p.Eval(`new Promise((done) => setTimeout(() => done(told.length), 500))`); after != before {
		t.Errorf("at rest: got %v messages, then %v", before, after)
	}
}

// settledGap gives by how much the frame is taller than its content, in CSS
// pixels, once that is less than one, or after a second.
func settledGap(t *testing.T, p *browser.Page) float64 {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	var gap float64
	for range 50 {
		value, err := p.FrameAt("/embed/leaderboard/w1").Find("#laurel").Raw.Evaluate(
			`(main) => (innerHeight - main.getBoundingClientRect().height).toFixed(3)`, nil)
		if err != nil {
			t.Fatal(err)
		}
		gap, err = strconv.ParseFloat(fmt.Sprint(value), 64)
		if err != nil {
			t.Fatal(err)
		}
		if gap >= 0 && gap < 1 {
			break
		}
		<-tick.C
	}
	return gap
}

func TestLiveChangesPatchRows(t *testing.T) {
	t.Parallel()
	b, origin := newBoard(t)
	p := embed(t, b, origin, `<laurel-leaderboard widget="w1"></laurel-leaderboard>`)
	p.Find("#told").WantContains("ready")
	frame := p.FrameAt("/embed/leaderboard/w1")
	frame.Find("#weekly").Click()
	frame.Find("#period").WantText("weekly")
	frame.Find("#weekly").WantFocused()
	if _, err := frame.Find("li").Nth(0).Raw.Evaluate(`(row) => { row.kept = true; }`, nil); err != nil {
		t.Fatal(err)
	}
	b.rank("Cem", "Ana", "Ben", "Dan")
	frame.Find("ol").WantText("CemAnaBenDan")
	kept, err := frame.Find("li").Nth(1).Raw.Evaluate(`(row) => row.kept === true`, nil)
	if err != nil || kept != true {
		t.Errorf("the row was made anew, not moved (%v)", err)
	}
}

func TestMemberSignsIn(t *testing.T) {
	t.Parallel()
	b, origin := newBoard(t)
	p := embed(t, b, origin, `<laurel-leaderboard widget="member" token="embed"></laurel-leaderboard>`)
	p.Find("#told").WantContains("ready")
	frame := p.FrameAt("/embed/leaderboard/member")
	frame.Find("[data-me]").WantText("Cem")
	b.rank("Ana", "Cem", "Ben")
	frame.Role("status", "").WantText("You are number 2")
}

func TestMemberInOpaqueSandbox(t *testing.T) {
	t.Parallel()
	b, origin := newBoard(t)
	p := embed(t, b, origin, `<laurel-leaderboard widget="member" token="embed" sandbox="allow-scripts"></laurel-leaderboard>`)
	p.Find("#told").WantContains("ready")
	p.FrameAt("/embed/leaderboard/member").Find("[data-me]").WantText("Cem")
}

func TestFailuresAreNamed(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, markup, session, want string }{
		{"gone", `<laurel-leaderboard widget="gone"></laurel-leaderboard>`, "", "error widget_gone req-1"},
		{"replayed", `<laurel-leaderboard widget="member" token="embed"></laurel-leaderboard>`, "embed_replayed", "error embed_replayed req-2"},
		{"no token", `<laurel-leaderboard widget="member"></laurel-leaderboard>`, "", "error timeout"},
		{"never answers", `<laurel-leaderboard widget="w1" timeout="1"></laurel-leaderboard>`, "", "error timeout"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b, origin := newBoard(t)
			b.session = test.session
			p := embed(t, b, origin, test.markup)
			p.Find("#told").WantContains(test.want)
			if got := p.Eval(`told.includes("ready")`); got != false {
				t.Errorf("ready came with a failure: %v", p.Eval(`told.join()`))
			}
		})
	}
}

func TestThemeSwitchesWithoutReload(t *testing.T) {
	t.Parallel()
	b, origin := newBoard(t)
	p := embed(t, b, origin, `<rai-leaderboard-widget data-widget-id="w1"></rai-leaderboard-widget>`)
	p.Find("#told").WantContains("ready")
	root := p.FrameAt("/embed/leaderboard/w1").Find("html")
	root.WantAttribute("data-theme", "light")
	p.Eval(`document.querySelector("rai-leaderboard-widget").setTheme("dark")`)
	root.WantAttribute("data-theme", "dark")
}

func TestHundredMountsLeaveNothing(t *testing.T) {
	t.Parallel()
	b, origin := newBoard(t)
	p := embed(t, b, origin, `<div id="box"></div>`)
	p.Eval(`customElements.whenDefined("laurel-leaderboard").then(() => 1)`)
	got := p.Eval(`async () => {
		let open = 0;
		const add = window.addEventListener;
		window.addEventListener = function (type, listener, options) {
			open++;
			options?.signal?.addEventListener("abort", () => open--);
			return add.call(this, type, listener, options);
		};
		const box = document.getElementById("box");
		const element = document.createElement("laurel-leaderboard");
		element.setAttribute("widget", "w1");
		element.setAttribute("eager", "");
		for (let i = 0; i < 100; i++) {
			box.append(element);
			if (i % 25 === 0) await new Promise((next) => setTimeout(next, 50));
			element.destroy();
		}
		return [open, box.childNodes.length].join();
	}`)
	if got != "0,0" {
		t.Errorf("listeners, elements: got %v, want none", got)
	}
	got = p.Eval(`() => new Promise((done) => {
		told.length = 0;
		addEventListener("laurel:ready", () => setTimeout(() => done(told.filter((t) => t === "ready").length), 300), { once: true });
		const element = document.createElement("laurel-leaderboard");
		element.setAttribute("widget", "w1");
		box.append(element);
		element.remove();
		box.append(element);
	})`)
	if got != 1 {
		t.Errorf("mounted twice: got ready %v times, want 1", got)
	}
}
