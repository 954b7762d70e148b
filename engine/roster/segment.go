package roster

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type (
	segmentsInput struct {
		CommunityID string `path:"cid"`
	}
	segmentInput struct {
		CommunityID string `path:"cid"`
		SegmentID   string `path:"segmentId" maxLength:"100"`
	}
	newSegmentInput struct {
		CommunityID string `path:"cid"`
		Body        api.NewSegment
	}
	putSegmentInput struct {
		CommunityID string `path:"cid"`
		SegmentID   string `path:"segmentId" maxLength:"100"`
		Body        api.NewSegment
	}
)

func (s *Service) segments(ctx context.Context, in *segmentsInput) ([]api.Segment, error) {
	rows, err := listSegments(ctx, s.k.DB().Read(), in.CommunityID)
	if err != nil {
		return nil, err
	}
	out := make([]api.Segment, len(rows))
	for i, r := range rows {
		if out[i], err = s.shown(ctx, in.CommunityID, r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// shown adds who made the segment and how many are in it. A segment whose
// field is gone is shown without a number.
func (s *Service) shown(ctx context.Context, communityID string, r segmentRow) (api.Segment, error) {
	out := r.Segment
	if out.Columns == nil {
		out.Columns = []string{}
	}
	nos, err := s.Match(ctx, communityID, r.Filter)
	switch {
	case err == nil:
		n := len(nos)
		out.Count = &n
	case !api.IsKind(err, api.Invalid) && !api.IsKind(err, api.Forbidden):
		return out, err
	}
	out.Creator, err = s.members.Digest(ctx, communityID, r.creatorID)
	return out, err
}

func (s *Service) segment(ctx context.Context, in *segmentInput) (api.Segment, error) {
	r, err := selectSegment(ctx, s.k.DB().Read(), in.CommunityID, in.SegmentID)
	if err != nil {
		return api.Segment{}, err
	}
	return s.shown(ctx, in.CommunityID, r)
}

func (s *Service) createSegment(ctx context.Context, in *newSegmentInput) (api.Segment, error) {
	now := s.k.Now()
	r := segmentRow{creatorID: rest.CallerOf(ctx).MemberID}
	r.ID, r.CreatedAt = api.NewIDAt(now), api.At(now)
	return s.saveSegment(ctx, in.CommunityID, "create", nil, r, in.Body)
}

// CreateSegment makes a segment as the demo does.
func (s *Service) CreateSegment(ctx context.Context, communityID string, in api.NewSegment) (api.Segment, error) {
	return s.createSegment(ctx, &newSegmentInput{communityID, in})
}

func (s *Service) updateSegment(ctx context.Context, in *putSegmentInput) (api.Segment, error) {
	r, err := selectSegment(ctx, s.k.DB().Read(), in.CommunityID, in.SegmentID)
	if err != nil {
		return api.Segment{}, err
	}
	return s.saveSegment(ctx, in.CommunityID, "update", r.Segment, r, in.Body)
}

func (s *Service) saveSegment(ctx context.Context, communityID, verb string, before any, r segmentRow, in api.NewSegment) (api.Segment, error) {
	if err := s.checkSegment(ctx, communityID, in); err != nil {
		return api.Segment{}, err
	}
	r.Name, r.Filter, r.Columns, r.Sort, r.UpdatedAt = strings.TrimSpace(in.Name), in.Filter, in.Columns, in.Sort, api.At(s.k.Now())
	if r.Filter == nil {
		r.Filter = map[string]any{}
	}
	if r.Columns == nil {
		r.Columns = []string{}
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := upsertSegment(ctx, tx, communityID, r); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "segment." + verb, TargetType: "segment", TargetID: r.ID, TargetName: r.Name, Before: before, After: r.Segment})
	})
	if err != nil {
		return api.Segment{}, err
	}
	return s.shown(ctx, communityID, r)
}

// checkSegment refuses a segment whose filter or order nobody understands.
func (s *Service) checkSegment(ctx context.Context, communityID string, in api.NewSegment) error {
	if strings.TrimSpace(in.Name) == "" {
		return api.InvalidField("name", "must have 1 to 100 characters")
	}
	if slices.ContainsFunc(in.Columns, func(c string) bool { return c == "" || utf8.RuneCountInString(c) > 50 }) {
		return api.InvalidField("columns", "must be names of 1 to 50 characters")
	}
	if _, err := rest.Sort(in.Sort, map[string]string{"createdAt": "", "username": "", "displayName": "", "xp": "", "coins": "", "premium": "", "lastSeen": ""}, ""); err != nil {
		return err
	}
	fields, err := s.members.Fields(ctx, communityID)
	if err != nil {
		return err
	}
	_, err = s.parse(ctx, communityID, fields, in.Filter)
	return err
}

func (s *Service) deleteSegment(ctx context.Context, in *segmentInput) (api.Segment, error) {
	var r segmentRow
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if r, err = selectSegment(ctx, tx, in.CommunityID, in.SegmentID); err != nil {
			return err
		}
		if err := deleteSegment(ctx, tx, in.CommunityID, r.ID); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, in.CommunityID, rest.Change{Action: "segment.delete", TargetType: "segment", TargetID: r.ID, TargetName: r.Name, Before: r.Segment})
	})
	if err != nil {
		return api.Segment{}, err
	}
	return s.shown(ctx, in.CommunityID, r)
}
