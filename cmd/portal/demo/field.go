package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"

	"laurel/api"
	"laurel/engine/member"
)

// countries are where the demo's members trade from.
var countries = []string{"Portugal", "Spain", "Germany", "France", "Japan", "Brazil", "United Arab Emirates", "Colombia"}

// fields makes the community's user fields and gives the members values: the
// same each time.
func (d *Demo) fields(ctx context.Context, seeds []member.Seed) error {
	for _, f := range []api.NewUserField{
		{Field: "country", Name: "Country", Type: "select", Options: countries, Description: "Where the account was opened."},
		{Field: "birthday", Name: "Birthday", Type: "date"},
		{Field: "total-deposits", Name: "Total deposits", Type: "number", Description: "In US dollars, from the trading platform."},
		{Field: "vip", Name: "VIP", Type: "boolean"},
		{Field: "phone", Name: "Phone", Type: "single-line-text", Private: true, Description: "Shown to those who manage user fields."},
	} {
		if _, err := d.engine.Members.CreateField(ctx, d.community, f); err != nil {
			return fmt.Errorf("user field %s: %w", f.Field, err)
		}
	}
	r := rand.New(rand.NewPCG(19, 84)) //nolint:gosec // the same community each time is the point
	for i := range seeds {
		fillIn(r, &seeds[i], i)
	}
	return nil
}

func fillIn(r *rand.Rand, s *member.Seed, i int) {
	if s.IsDummy || r.IntN(10) == 0 {
		return
	}
	deposits := int(200 * r.ExpFloat64() * (1 + 20*r.Float64()*r.Float64()))
	s.Fields = map[string]string{
		"country": countries[r.IntN(len(countries))], "total-deposits": strconv.Itoa(deposits), "vip": strconv.FormatBool(deposits > 4000),
		"birthday": fmt.Sprintf("%d-%02d-%02d", 1955+r.IntN(50), 1+r.IntN(12), 1+r.IntN(28)), "phone": fmt.Sprintf("+1 555 01%02d %04d", i%100, r.IntN(10_000)),
	}
	for _, tag := range []struct {
		name string
		has  bool
	}{{"high-roller", deposits > 4000}, {"ambassador", i%17 == 5}, {"beta", i%41 == 7}} {
		if tag.has {
			s.Tags = append(s.Tags, tag.name)
		}
	}
}

// segments saves two filters of members.
func (d *Demo) segments(ctx context.Context) error {
	for _, s := range []api.NewSegment{
		{Name: "VIPs by deposits", Filter: map[string]any{"vip": true, "total-deposits": map[string]any{"gte": 4000.0}}, Columns: []string{"country", "total-deposits", "xp", "coins"}, Sort: "xp:desc"},
		{Name: "Iberian ambassadors", Filter: map[string]any{"country": []any{"Portugal", "Spain"}, "tags": "ambassador"}, Columns: []string{"country", "tags", "xp"}},
	} {
		if _, err := d.engine.Roster.CreateSegment(ctx, d.community, s); err != nil {
			return fmt.Errorf("segment %s: %w", s.Name, err)
		}
	}
	return nil
}
