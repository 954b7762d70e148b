package leaderboard

import "context"

// HoldLoads makes each load call fn before it reads.
func (s *Service) HoldLoads(fn func()) { s.beforeLoad = fn }

// Flush writes down what moved, without pauses.
func (s *Service) Flush(ctx context.Context) error { return s.flush(ctx, true) }
