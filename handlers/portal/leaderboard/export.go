package leaderboard

import (
	"laurel/api"
	"laurel/apiclient"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// exportPage is how many rows a download asks for at a time.
const exportPage = 100

// Export downloads a board's standings: of the period in the address, or the
// board's first one.
func Export(v *web.Visit) error {
	b, err := v.API.Leaderboards().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	fields, err := fieldsFor(v, b)
	if err != nil {
		return err
	}
	q := query(v)
	q.Paging = apiclient.Paging{Page: 1, Limit: exportPage}
	s, err := v.API.Leaderboards().Entries(v.Ctx(), b.ID, q)
	if err != nil {
		return err
	}
	head := []string{"Rank", "Name", "Username", "Member id", label.Unit(b.RankBy, fields), "XP", "Coins", "Level", "Tier"}
	return v.Export(b.Slug+"-"+s.PeriodKey, head, func(out web.CSV) error {
		for {
			for _, e := range s.Entries {
				out.Row(e.Rank, label.Entry(e), e.User.Username, e.User.ID, e.Score, e.XP, e.Coins, e.Level, e.Tier)
			}
			if len(s.Entries) < exportPage {
				return nil
			}
			q.Page++
			if s, err = nextPage(v, b.ID, q, s); err != nil {
				return err
			}
		}
	})
}

// nextPage reads on in the very period that the first page was of.
func nextPage(v *web.Visit, id string, q apiclient.EntryQuery, s api.Standings) (api.Standings, error) {
	q.Period = s.Period
	if q.At == "" && s.Closed {
		q.At = s.PeriodKey
	}
	return v.API.Leaderboards().Entries(v.Ctx(), id, q)
}
