package ledger

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
)

// Within is acts that are recorded in the transaction of another noun, so that
// what was done and what it is worth become durable together. It belongs to
// one call: made by Prepare, written by RecordWithin, told on by Settle.
type Within struct {
	r    *request
	outs []*outcome
}

// Prepare checks the acts of one call. All of them must be good. Errors:
// Invalid, NotFound user_not_found, Unavailable.
func (s *Service) Prepare(ctx context.Context, communityID string, acts ...Act) (*Within, error) {
	r, outs, err := s.prepare(ctx, communityID, acts)
	if err != nil {
		return nil, err
	}
	for _, o := range outs {
		if o != nil {
			return nil, o.err
		}
	}
	return &Within{r: r}, nil
}

// RecordWithin judges and writes the acts of many calls in the caller's
// transaction, which may run again. An act whose reward is withheld is written
// as well, with the reason.
func (s *Service) RecordWithin(ctx context.Context, tx *db.Tx, many []*Within) error {
	in := make([]*request, len(many))
	for i, w := range many {
		in[i] = w.r
	}
	outs, _, err := s.runGroup(ctx, tx, in)
	if err != nil {
		return err
	}
	for i, w := range many {
		w.outs = outs[i]
	}
	return nil
}

// Settle tells those who follow the ledger, once the transaction is durable.
func (s *Service) Settle(many []*Within) {
	in, out := make([]*request, len(many)), make([][]*outcome, len(many))
	for i, w := range many {
		in[i], out[i] = w.r, w.outs
	}
	s.afterGroup(in, out)
}

// Awards are what the acts brought, after Settle.
func (w *Within) Awards() []api.Award {
	out := make([]api.Award, len(w.outs))
	for i, o := range w.outs {
		out[i] = o.award
	}
	return out
}
