package me

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/wheel"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// recentSpins is how many of a member's spins the wheel's page shows.
const recentSpins = 5

// Wheel is the page on which a member spins; ?spin= shows that result.
func Wheel(v *web.Visit) error {
	own, err := v.API.Me().Wheel(v.Ctx())
	if err != nil {
		return err
	}
	side, err := sideOf(v, own)
	if err != nil {
		return err
	}
	if id := v.Query("spin"); id != "" {
		result(&side, v.Query("spin"))
	}
	return v.Page(page.Page(wheelProps(v, own, side)))
}

func wheelProps(v *web.Visit, own api.OwnWheel, side page.Side) page.Props {
	return page.Props{MemberProps: v.Member("The wheel", layout.PlaceHome), Slices: wheelSlices(own.Segments, own.ShowOdds), Side: side, Open: len(own.Segments) > 0}
}

// wheelSlices are the segments as they are drawn and listed.
func wheelSlices(list []api.WheelSegment, odds bool) []page.Slice {
	out := make([]page.Slice, len(list))
	for i, g := range list {
		out[i] = page.Slice{Label: g.Label, Color: g.Color, Gone: g.Stock != nil && *g.Stock == 0}
		if odds {
			out[i].Odds = label.Odds(g.Odds)
		}
		if g.Stock != nil && *g.Stock > 0 {
			out[i].Left = ui.Number(*g.Stock) + " left"
		}
	}
	return out
}

// sideOf is what a member can do now, and did before.
func sideOf(v *web.Visit, own api.OwnWheel) (page.Side, error) {
	s := page.Side{Once: rand.Text(), At: -1, Spins: ui.Count(own.SpinsAvailable, "spin left", "spins left"), CanSpin: own.CanSpin, Closed: !own.Enabled}
	if own.NextFreeSpinAt != nil {
		s.FreeNow, s.Free = isDue(v, own.NextFreeSpinAt), v.MomentOf(own.NextFreeSpinAt)
	}
	if own.Cost > 0 {
		s.Price = ui.Count(own.Cost, "coin", "coins")
	}
	if own.UntilGuarantee == 1 {
		s.Guarantee = "The next spin wins"
	} else if own.UntilGuarantee > 1 {
		s.Guarantee = "You win within " + ui.Number(own.UntilGuarantee) + " spins"
	}
	list, err := v.API.Me().Spins(v.Ctx(), apiclient.Paging{Limit: recentSpins})
	for _, spin := range list.Items {
		s.Recent = append(s.Recent, turnOf(v, spin))
	}
	return s, err
}

// isDue reports whether the free spin waits: the API read its clock a moment
// after this request began.
func isDue(v *web.Visit, at *api.Time) bool {
	return at != nil && !at.After(v.Now.Add(5*time.Second))
}

func turnOf(v *web.Visit, s api.Spin) page.Turn {
	t := page.Turn{ID: s.ID, Prize: label.Prize(s.Prize), Source: label.SpinSource(s.Source), At: v.Moment(s.SpunAt), Proof: page.Proof{
		Hash: s.Fairness.ServerSeedHash, Seed: s.Fairness.ServerSeed, Client: s.Fairness.ClientSeed, Nonce: strconv.FormatInt(s.Fairness.Nonce, 10), Segment: s.SegmentID,
	}}
	if len(s.Odds) > 0 {
		table, _ := json.Marshal(s.Odds)
		t.Proof.Odds = string(table)
	}
	return t
}

// result shows the named spin as the one just made, when it is the last one.
func result(s *page.Side, id string) {
	if len(s.Recent) > 0 && s.Recent[0].ID == id {
		s.Won = "You won: " + s.Recent[0].Prize
	}
}

// Spin spins. A script gets the panel alone, everybody else a page.
func Spin(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	spin, err := v.API.Me().Spin(v.Once(f), api.SpinInput{UseCoins: f.On("coins")})
	var refused *api.Error
	if err != nil && (!errors.As(err, &refused) || refused.Kind != api.Conflict && refused.Kind != api.Forbidden) {
		return err
	}
	if err == nil && !v.IsScript() {
		return v.Go(link.Wheel + "?spin=" + spin.ID)
	}
	own, wheelErr := v.API.Me().Wheel(v.Ctx())
	if wheelErr != nil {
		return wheelErr
	}
	side, sideErr := sideOf(v, own)
	if sideErr != nil {
		return sideErr
	}
	status := http.StatusOK
	if err != nil {
		status, side.Fault = http.StatusConflict, refused.Message
	} else {
		side.At, side.Won, side.Blank = spin.Index, won(spin.Prize), spin.Prize.Type == api.PrizeNothing
		side.Note = note(spin)
	}
	if v.IsScript() {
		return v.Render(status, page.Panel(side))
	}
	return v.Render(status, page.Page(wheelProps(v, own, side)))
}

func won(p api.Prize) string {
	if p.Type == api.PrizeNothing {
		return p.Label
	}
	return "You won: " + label.Prize(p)
}

// note says where the prize has gone.
func note(s api.Spin) string {
	switch s.Prize.Type {
	case api.PrizeXP:
		return "You have " + ui.Number(s.BalanceAfter) + " XP now."
	case api.PrizeCoins, api.PrizeNothing:
		return "You have " + ui.Count(s.BalanceAfter, "coin", "coins") + " now."
	case api.PrizePremium:
		return "You have " + ui.Number(s.BalanceAfter) + " premium points now."
	case api.PrizeProduct:
		return "It is among your purchases."
	}
	return "It is among your badges."
}

// spinsLeft invites to the wheel; empty where there is none for the member.
func spinsLeft(v *web.Visit) (string, error) {
	own, err := v.API.Me().Wheel(v.Ctx())
	switch {
	case err != nil || !own.Enabled:
		return "", err
	case isDue(v, own.NextFreeSpinAt):
		return "A free spin is waiting", nil
	}
	return ui.Count(own.SpinsAvailable, "spin left", "spins left"), nil
}

// Fair is the page on which draws are checked.
func Fair(v *web.Visit) error {
	own, err := v.API.Me().Wheel(v.Ctx())
	if err != nil {
		return err
	}
	list, err := v.API.Me().Spins(v.Ctx(), apiclient.Paging{Limit: 50})
	if err != nil {
		return err
	}
	p := page.FairProps{MemberProps: v.Member("Is it fair?", layout.PlaceHome), Hash: own.Fairness.ServerSeedHash, Client: own.Fairness.ClientSeed,
		Nonce: strconv.FormatInt(own.Fairness.Nonce, 10), Shown: own.ShowOdds}
	for _, s := range list.Items {
		p.Turns = append(p.Turns, turnOf(v, s))
	}
	return v.Page(page.Fair(p))
}

// ChangeSeed reveals the seed and begins with another.
func ChangeSeed(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if _, err := v.API.Me().ChangeSeed(v.Once(f), f.Text("client")); err != nil {
		return err
	}
	v.Done("The old seed is shown: each of its draws is checked below.")
	return v.Go(link.WheelFair)
}
