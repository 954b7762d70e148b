package channel

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

var (
	errNoRequest  = api.NewError(api.NotFound, "access_request_not_found", "No access request has that id.")
	errDecided    = api.NewError(api.Conflict, "access_request_decided", "The request was decided already.")
	errAsked      = api.NewError(api.Conflict, "access_request_open", "You have asked already; the team will answer.")
	errInside     = api.NewError(api.Conflict, "channel_open_to_you", "The channel is open to you already.")
	errMayNotAsk  = api.NewError(api.Forbidden, "access_request_forbidden", "None of your roles may ask to be let into this channel.")
	errRoleClosed = api.InvalidField("roleId", "does not open the channel")
)

// Requestable lists the private channels that a member may ask for. Of each
// only what a stranger may know is shown.
func (s *Service) Requestable(ctx context.Context, communityID, memberID string) ([]api.Channel, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return nil, err
	}
	standing, err := s.Standing(ctx, communityID, memberID)
	if err != nil {
		return nil, err
	}
	out := []api.Channel{}
	for _, id := range h.order {
		if p := h.places[id]; !p.sees(standing) && p.mayAsk(standing) {
			c := p.channel
			out = append(out, api.Channel{ID: c.ID, Topic: c.Topic, Description: c.Description, Type: c.Type, ServerID: c.ServerID, IsPrivate: true,
				Permissions: []api.ChannelAccess{}, Speakers: []string{}, RequestRoles: []string{}, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt})
		}
	}
	return out, nil
}

func (p place) mayAsk(s member.Standing) bool {
	return !p.channel.IsArchived && slices.ContainsFunc(s.Roles, func(r member.HeldRole) bool { return slices.Contains(p.channel.RequestRoles, r.ID) })
}

// Ask requests access for a member. Errors: NotFound, Forbidden, Conflict.
func (s *Service) Ask(ctx context.Context, communityID, memberID, channelID, note string) (api.AccessRequest, error) {
	gate, err := s.Gate(ctx, communityID, memberID, channelID)
	switch {
	case err != nil:
		return api.AccessRequest{}, err
	case gate.place.sees(gate.Member):
		return api.AccessRequest{}, errInside
	case !gate.place.mayAsk(gate.Member):
		return api.AccessRequest{}, errMayNotAsk
	}
	now := s.k.Now()
	r := api.AccessRequest{ID: api.NewIDAt(now), ChannelID: channelID, ChannelName: gate.Channel.Topic, UserID: gate.Member.ID,
		Username: gate.Member.Username, Note: strings.TrimSpace(note), Status: "requested", CreatedAt: api.At(now)}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		result, err := tx.Exec(ctx, `INSERT INTO access_requests (community_id, id, channel_id, member_id, note, created_at) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (community_id, channel_id, member_id) WHERE status = 'requested' DO NOTHING`, communityID, r.ID, channelID, r.UserID, r.Note, db.Micros(now))
		if err != nil {
			return fmt.Errorf("insert access request: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errAsked)
		}
		return s.auditRequest(ctx, tx, communityID, "access-request.create", r)
	})
	return r, err
}

// Approve lets the member in by giving him a role with which the channel
// opens. Errors: NotFound, Conflict when decided, Invalid, Forbidden by rank.
func (s *Service) Approve(ctx context.Context, communityID, id, roleID string) (api.AccessRequest, error) {
	r, err := s.decide(ctx, communityID, id, func(ctx context.Context, tx *db.Tx, r *api.AccessRequest) error {
		h, err := s.home(ctx, communityID)
		if err != nil {
			return err
		}
		if !h.places[r.ChannelID].opens(roleID) {
			return errRoleClosed
		}
		r.Status, r.RoleID = "approved", roleID
		return s.Hand(ctx, tx, communityID, r.UserID, roleID, "request")
	})
	if err == nil {
		s.Moved(communityID, r.UserID)
	}
	return r, err
}

// opens reports whether the role alone passes the channel's and the category's lists.
func (p place) opens(roleID string) bool {
	_, listed := p.access[roleID]
	return listed && (p.category == nil || !p.category.IsPrivate || slices.Contains(p.category.Roles, roleID))
}

// Refuse turns a request down. Errors: NotFound, Conflict when decided.
func (s *Service) Refuse(ctx context.Context, communityID, id, reason string) (api.AccessRequest, error) {
	return s.decide(ctx, communityID, id, func(_ context.Context, _ *db.Tx, r *api.AccessRequest) error {
		r.Status, r.Reason = "refused", strings.TrimSpace(reason)
		return nil
	})
}

func (s *Service) decide(ctx context.Context, communityID, id string, fn func(context.Context, *db.Tx, *api.AccessRequest) error) (r api.AccessRequest, err error) {
	now := s.k.Now()
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if r, err = scanRequest(tx.QueryRow(ctx, selectRequests+` WHERE a.community_id = $1 AND a.id = $2`, communityID, id)); err != nil {
			return err
		}
		if r.Status != "requested" {
			return errDecided
		}
		r.DecidedBy, r.DecidedAt = rest.CallerOf(ctx).MemberID, api.AtPtr(now)
		if err := fn(ctx, tx, &r); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE access_requests SET status = $3, role_id = $4, reason = $5, decided_by = $6, decided_at = $7
			WHERE community_id = $1 AND id = $2`, communityID, id, r.Status, r.RoleID, r.Reason, r.DecidedBy, db.Micros(now))
		if err != nil {
			return fmt.Errorf("decide access request: %w", err)
		}
		return s.auditRequest(ctx, tx, communityID, "access-request."+r.Status, r)
	})
	return r, err
}

func (s *Service) auditRequest(ctx context.Context, tx *db.Tx, communityID, action string, r api.AccessRequest) error {
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "access-request", TargetID: r.ID, TargetName: r.Username, After: r})
}

const selectRequests = `SELECT a.id, a.channel_id, COALESCE(c.topic, ''), a.member_id, COALESCE(m.username, ''), a.note, a.status, a.role_id, a.reason,
	a.decided_by, a.decided_at, a.created_at FROM access_requests a
	LEFT JOIN channels c ON c.community_id = a.community_id AND c.id = a.channel_id
	LEFT JOIN members m ON m.community_id = a.community_id AND m.id = a.member_id`

func scanRequest(row scanner) (api.AccessRequest, error) {
	var r api.AccessRequest
	var decided, created int64
	err := row.Scan(&r.ID, &r.ChannelID, &r.ChannelName, &r.UserID, &r.Username, &r.Note, &r.Status, &r.RoleID, &r.Reason, &r.DecidedBy, &decided, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return r, errNoRequest
	}
	if decided != 0 {
		r.DecidedAt = api.AtPtr(db.FromMicros(decided))
	}
	r.CreatedAt = api.At(db.FromMicros(created))
	return r, wrap(err, "read access request")
}

// requestFilter narrows the list of requests; empty parts mean everything.
type requestFilter struct{ status, memberID string }

func listRequests(ctx context.Context, q db.Querier, communityID string, f requestFilter, p rest.Paging) (out []api.AccessRequest, total int, err error) {
	const where = ` WHERE a.community_id = $1 AND ($2 = '' OR a.status = $2) AND ($3 = '' OR a.member_id = $3)`
	if err := q.QueryRow(ctx, `SELECT count(*) FROM access_requests a`+where, communityID, f.status, f.memberID).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count access requests: %w", err)
	}
	rows, err := q.Query(ctx, selectRequests+where+` ORDER BY a.created_at DESC, a.id DESC LIMIT $4 OFFSET $5`, communityID, f.status, f.memberID, p.Limit, p.Offset())
	if err != nil {
		return nil, 0, fmt.Errorf("list access requests: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		r, err := scanRequest(rows)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, r)
	}
	return out, total, rows.Err()
}
