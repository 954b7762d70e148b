package channel

import (
	"net/url"
	"slices"

	"laurel/api"
	"laurel/components/link"
	"laurel/handlers/web"
)

// Move changes a channel's place within its category by one, up or down.
func Move(v *web.Visit) error {
	h, err := open(v)
	if err != nil {
		return err
	}
	return move(v, lineOf(h, v.Param("id")), func(id string, position int) error {
		_, err := v.API.Channels().Update(v.Ctx(), id, api.ChannelInput{Position: &position})
		return err
	})
}

// lineOf are the channels beside which a channel stands.
func lineOf(h house, id string) []placed {
	for _, k := range append([]api.Category{{}}, h.categories...) {
		var line []placed
		for _, c := range h.in(k.ID) {
			line = append(line, placed{c.ID, c.Position})
		}
		if slices.ContainsFunc(line, func(p placed) bool { return p.id == id }) {
			return line
		}
	}
	return nil
}

// MoveCategory changes a category's place by one, up or down.
func MoveCategory(v *web.Visit) error {
	list, err := v.API.Channels().Categories(v.Ctx())
	if err != nil {
		return err
	}
	var line []placed
	for _, k := range list {
		line = append(line, placed{k.ID, k.Position})
	}
	return move(v, line, func(id string, position int) error {
		_, err := v.API.Channels().UpdateCategory(v.Ctx(), id, api.CategoryInput{Position: &position})
		return err
	})
}

// placed is something with a place in an order.
type placed struct {
	id       string
	position int
}

func move(v *web.Visit, line []placed, set func(id string, position int) error) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	id, by := v.Param("id"), f.Text("by")
	for _, p := range moves(line, id, by == "up") {
		if err := set(p.id, p.position); err != nil {
			return err
		}
	}
	return v.Go(link.Channels + "?" + url.Values{"moved": {id}, "by": {by}}.Encode())
}

// moves gives the new places of those whose place changes when one of a line
// goes up or down by one; none at the ends.
func moves(line []placed, id string, up bool) []placed {
	line = slices.Clone(line)
	at := slices.IndexFunc(line, func(p placed) bool { return p.id == id })
	to := at + 1
	if up {
		to = at - 1
	}
	if at < 0 || to < 0 || to >= len(line) {
		return nil
	}
	line[at], line[to] = line[to], line[at]
	var out []placed
	for i, p := range line {
		if p.position != i+1 {
			out = append(out, placed{p.id, i + 1})
		}
	}
	return out
}
