package overview

import (
	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	page "laurel/components/page/overview"
	"laurel/handlers/web"
)

// fillSteps lists what a new community still has to do; nothing once all is done.
func fillSteps(v *web.Visit, boards []api.Leaderboard, p *page.Props) error {
	keys, err := v.API.Keys(v.Community.ID).List(v.Ctx())
	if err != nil {
		return err
	}
	widgets, err := v.API.Widgets().List(v.Ctx(), apiclient.Paging{Limit: 1})
	if err != nil {
		return err
	}
	steps := []page.Step{
		{Label: "Open a leaderboard", Text: "Choose what counts and over which period.", Href: link.BoardNew, Done: len(boards) > 0},
		{Label: "Create an API key", Text: "Your systems send activities with it.", Href: link.Keys, Done: len(keys) > 0},
		{Label: "Invite people", Text: "Make a link, and say what newcomers agree to.", Href: link.Joining, Done: v.Community.Members > 1},
		{Label: "Set up a widget", Text: "Show the board on your own site.", Href: link.WidgetNew, Done: widgets.Total > 0},
	}
	for _, s := range steps {
		if !s.Done {
			p.Steps = steps
		}
	}
	return nil
}
