package ledger

import (
	"context"
	"fmt"
	"slices"

	"laurel/api"
	"laurel/engine/db"
)

// bulkGroup is how many acts of history go into one transaction.
const bulkGroup = 4096

// Bulk records history: acts of any past moment, by the community's present
// rules, in the order in which they occurred, each dated as it occurred. It
// is for demos and imports; acts whose reference is in the ledger already are
// passed over, so that a broken import can run again. It returns how many acts
// are new. Errors: Invalid unknown_action, NotFound.
func (s *Service) Bulk(ctx context.Context, communityID string, acts []Act) (int, error) {
	p, err := s.policies.of(ctx, communityID)
	if err != nil {
		return 0, err
	}
	acts = slices.Clone(acts)
	for i := range acts {
		acts[i].Action = canonical(acts[i])
		if err := checkAction(acts[i], p); err != nil {
			return 0, fmt.Errorf("act %d: %w", i, err)
		}
		if acts[i].OccurredAt.IsZero() {
			return 0, api.InvalidField("occurredAt", "is required")
		}
	}
	slices.SortStableFunc(acts, func(a, b Act) int { return a.OccurredAt.Compare(b.OccurredAt) })
	made := 0
	for part := range slices.Chunk(acts, bulkGroup) {
		n, err := s.bulkPart(ctx, communityID, p, part)
		if err != nil {
			return made, err
		}
		made += n
	}
	return made, nil
}

func (s *Service) bulkPart(ctx context.Context, communityID string, p *policy, acts []Act) (int, error) {
	zone := s.communities.Zone(ctx, communityID)
	var entries []Entry
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		b := s.open(tx, communityID, zone)
		b.isHistory = true
		outs := make([]*outcome, len(acts))
		works := make([]work, len(acts))
		for i, a := range acts {
			r, _ := p.rule(a.Action)
			works[i] = work{a, p, r, &outs[i]}
		}
		err := b.settle(ctx, works)
		entries = b.entries()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("record history: %w", err)
	}
	s.Committed(ctx, entries)
	return len(entries), nil
}
