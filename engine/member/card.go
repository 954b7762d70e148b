package member

import (
	"context"
	"encoding/json"

	"laurel/api"
)

// Card is what boards and widgets show of a member, and filter by.
type Card struct {
	ID          string
	No          int64
	Username    string
	DisplayName string // the username when the member has chosen none
	Avatar      string // address; empty when there is none
	Role        api.Role
	Tags        []string
	IsDummy     bool
	Deleted     bool
	Fields      map[string]string // custom values by field key; nil when there are none
}

// cardsAtOnce is how many members one query fetches.
const cardsAtOnce = 512

// Cards fetches members by number, deleted ones too, up to 512 with one
// query. Unknown numbers are missing from the result.
func (s *Service) Cards(ctx context.Context, communityID string, nos []int64) (map[int64]Card, error) {
	out := make(map[int64]Card, len(nos))
	for len(nos) > 0 {
		part := nos[:min(len(nos), cardsAtOnce)]
		nos = nos[len(part):]
		if err := selectCards(ctx, s.k.DB(), communityID, part, func(c Card) { out[c.No] = c }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Each streams every member of the community by rising number, deleted and
// dummy ones too, in bounded memory. It stops at fn's first error.
func (s *Service) Each(ctx context.Context, communityID string, fn func(Card) error) error {
	const page = 5000
	cards := make([]Card, 0, page)
	for after := int64(0); ; after = cards[len(cards)-1].No {
		cards = cards[:0]
		err := selectCardsAfter(ctx, s.k.DB().Read(), communityID, after, page, func(c Card) { cards = append(cards, c) })
		if err != nil || len(cards) == 0 {
			return err
		}
		for _, c := range cards {
			if err := fn(c); err != nil {
				return err
			}
		}
	}
}

// tagsOf and fieldsOf read the JSON columns; the empty ones cost nothing.
func tagsOf(text string) ([]string, error) {
	if text == "[]" || text == "" {
		return nil, nil
	}
	var tags []string
	return tags, json.Unmarshal([]byte(text), &tags)
}

func fieldsOf(text string) (map[string]string, error) {
	if text == "{}" || text == "" {
		return nil, nil
	}
	var fields map[string]string
	return fields, json.Unmarshal([]byte(text), &fields)
}
