package member

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// maxTags is how many tags one member may carry.
const maxTags = 50

// cleanTags checks a member's tags and drops repeated ones. Tags that differ
// in case are different tags.
func cleanTags(tags []string) ([]string, error) {
	var out []string
	for _, t := range tags {
		t = clean(t)
		if t == "" || checkText("tags", t, 50) != nil {
			return nil, api.InvalidField("tags", "must be texts of 1 to 50 characters")
		}
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	if len(out) > maxTags {
		return nil, api.InvalidField("tags", "must be at most 50")
	}
	return out, nil
}

// tagsAtOnce is how many members one transaction of Tag changes.
const tagsAtOnce = 500

// Tag adds tags to the members of the numbers, and takes others from them; it
// returns how many members changed. Each portion of 500 stands by itself.
func (s *Service) Tag(ctx context.Context, communityID string, nos []int64, add, remove []string) (int, error) {
	add, err := cleanTags(add)
	if err != nil {
		return 0, err
	}
	if remove, err = cleanTags(remove); err != nil {
		return 0, err
	}
	changed := 0
	for part := range slices.Chunk(nos, tagsAtOnce) {
		refs, err := s.tagPart(ctx, communityID, part, add, remove)
		if err != nil {
			return changed, err
		}
		for _, ref := range refs {
			s.changed(communityID, ref)
		}
		changed += len(refs)
	}
	return changed, nil
}

func (s *Service) tagPart(ctx context.Context, communityID string, nos []int64, add, remove []string) (refs []Ref, err error) {
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		refs = nil
		rows, err := selectRecords(ctx, tx, s.k.DB().Dialect(), communityID, nos)
		if err != nil {
			return err
		}
		for _, r := range rows {
			next := retagged(r.tags, add, remove)
			if slices.Equal(next, r.tags) {
				continue
			}
			if len(next) > maxTags {
				return api.NewError(api.Conflict, "too_many_tags", "A member carries at most 50 tags: "+r.Username+" would carry more.")
			}
			if err := updateTags(ctx, tx, communityID, r.ID, next, s.k.Now()); err != nil {
				return err
			}
			refs = append(refs, r.Ref)
		}
		if len(refs) == 0 {
			return nil
		}
		return s.k.Audit(ctx, tx, communityID, tagChange(refs, add, remove))
	})
	return refs, err
}

// tagChange is one line of the audit log for a whole portion.
func tagChange(refs []Ref, add, remove []string) rest.Change {
	ch := rest.Change{Action: "user.tag", TargetType: "user", After: map[string]any{"members": len(refs), "added": add, "removed": remove}}
	if ch.TargetName = fmt.Sprintf("%d members", len(refs)); len(refs) == 1 {
		ch.TargetID, ch.TargetName = refs[0].ID, refs[0].Username
	}
	return ch
}

func retagged(tags, add, remove []string) []string {
	var out []string
	for _, t := range slices.Concat(tags, add) {
		if !slices.Contains(remove, t) && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// manageMany deletes or restores members, each by itself.
func (s *Service) manageMany(ctx context.Context, in *struct {
	CommunityID string `path:"cid"`
	Body        api.ManageUsers
}) (api.ManagedUsers, error) {
	out := api.ManagedUsers{Failed: []api.FailedUsers{}}
	for _, user := range in.Body.Users {
		_, err := s.manage(ctx, &manageInput{api.ManageUser{Action: in.Body.Action, User: user}})
		var known *api.Error
		switch {
		case err == nil:
			out.Done++
		case !errors.As(err, &known):
			return out, err
		default:
			out.Failed = append(out.Failed, api.FailedUsers{User: user, Code: known.Code, Message: known.Message})
		}
	}
	return out, nil
}
