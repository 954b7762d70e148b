package widget

import (
	"laurel/api"
	"laurel/handlers/embed"
	"laurel/handlers/web"
)

// Preview is a members' widget as whoever looks at the portal would see it.
func Preview(v *web.Visit) error {
	w, err := v.API.Widgets().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	board, err := v.API.Leaderboards().Get(v.Ctx(), w.TargetID)
	if err != nil {
		return err
	}
	p := embed.NewPreview(api.PublicWidget{Widget: w, Community: v.Community, Board: board}, v.BaseURL(), v.RawQuery(), v.Now)
	rows, err := v.API.Leaderboards().Entries(v.Ctx(), board.ID, p.Query())
	if err != nil {
		return err
	}
	html, headers, err := p.Document(v.Ctx(), rows)
	if err != nil {
		return err
	}
	return v.Framed(html, headers)
}
