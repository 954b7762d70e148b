package roster

import (
	"cmp"
	"context"
	"slices"

	"laurel/api"
)

type tagsInput struct {
	CommunityID string `path:"cid"`
}

// tags lists the tags in use by how many members carry them.
func (s *Service) tags(ctx context.Context, in *tagsInput) ([]api.Tag, error) {
	t, _, err := s.table(ctx, in.CommunityID)
	if err != nil {
		return nil, err
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	bySet := make([]int, len(t.sets))
	for no, flags := range t.flags {
		if flags&(isThere|isDeleted) == isThere {
			bySet[t.tags[no]]++
		}
	}
	counts := map[string]int{}
	for i, set := range t.sets {
		for _, tag := range set {
			counts[tag] += bySet[i]
		}
	}
	out := []api.Tag{}
	for name, n := range counts {
		if n > 0 {
			out = append(out, api.Tag{Name: name, Count: n})
		}
	}
	slices.SortFunc(out, func(a, b api.Tag) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
	return out, nil
}

type tagUsersInput struct {
	CommunityID string `path:"cid"`
	Body        api.TagUsers
}

// tagUsers adds and takes tags in bulk.
func (s *Service) tagUsers(ctx context.Context, in *tagUsersInput) (api.TaggedUsers, error) {
	switch {
	case len(in.Body.Add) == 0 && len(in.Body.Remove) == 0:
		return api.TaggedUsers{}, api.InvalidField("add", "or remove must name a tag")
	case (len(in.Body.Users) == 0) == (in.Body.Filter == nil):
		return api.TaggedUsers{}, api.InvalidField("users", "or filter must say whom, and only one of them")
	}
	nos, err := s.chosen(ctx, in.CommunityID, in.Body)
	if err != nil {
		return api.TaggedUsers{}, err
	}
	changed, err := s.members.Tag(ctx, in.CommunityID, nos, in.Body.Add, in.Body.Remove)
	return api.TaggedUsers{Matched: len(nos), Changed: changed}, err
}

func (s *Service) chosen(ctx context.Context, communityID string, in api.TagUsers) ([]int64, error) {
	if in.Filter != nil {
		return s.Match(ctx, communityID, in.Filter)
	}
	nos := make([]int64, 0, len(in.Users))
	for _, name := range in.Users {
		ref, err := s.members.Resolve(ctx, communityID, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(nos, ref.No) {
			nos = append(nos, ref.No)
		}
	}
	return nos, nil
}
