package channel

import (
	"context"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
)

// Count counts up the channel's messages by n in the caller's transaction and
// gives the number of the last: the messages get last-n+1 … last. The numbers
// are gapless and in commit order. Errors: NotFound.
func Count(ctx context.Context, tx *db.Tx, communityID, channelID string, n int) (last int64, err error) {
	rows, err := tx.Query(ctx, `UPDATE channel_heads SET seq = seq + $3 WHERE community_id = $1 AND channel_id = $2 RETURNING seq`, communityID, channelID, n)
	if err != nil {
		return 0, fmt.Errorf("count message: %w", err)
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return 0, fmt.Errorf("count message: %w", err)
		}
		return 0, errNotFound
	}
	return last, wrap(rows.Scan(&last), "count message")
}

// MarkRead notes in the caller's transaction that the member has read the
// channel up to the message with the number; going back changes nothing. Who
// posts marks his own message so.
func MarkRead(ctx context.Context, tx *db.Tx, communityID, memberID, channelID string, seq int64, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO channel_reads (community_id, member_id, channel_id, read_seq, updated_at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (community_id, member_id, channel_id) DO UPDATE SET read_seq = excluded.read_seq, updated_at = excluded.updated_at
		WHERE excluded.read_seq > channel_reads.read_seq`, communityID, memberID, channelID, seq, db.Micros(now))
	return wrap(err, "mark channel read")
}

// Mine lists the channels that a member sees with what he has not read.
func (s *Service) Mine(ctx context.Context, communityID, memberID string) ([]api.MyChannel, error) {
	channels, err := s.Visible(ctx, communityID, memberID)
	if err != nil {
		return nil, err
	}
	heads, err := listHeads(ctx, s.k.DB().Read(), communityID, memberID)
	if err != nil {
		return nil, err
	}
	out := make([]api.MyChannel, 0, len(channels))
	for _, c := range channels {
		mine := heads[c.ID]
		mine.Channel = c
		gate, err := s.Gate(ctx, communityID, memberID, c.ID)
		if err != nil {
			return nil, err
		}
		mine.May = gate.rights()
		if mine.Unread, err = s.unread(ctx, communityID, memberID, mine); err != nil {
			return nil, err
		}
		out = append(out, mine)
	}
	return out, nil
}

// rights sums up what the member may do, for pages.
func (g Gate) rights() api.ChannelMay {
	may := func(act Act) bool { return g.May(act) == nil }
	return api.ChannelMay{Post: may(ActPost), Attach: may(ActAttach), React: may(ActReact), EditOwn: may(ActEditOwn), DeleteOwn: may(ActDeleteOwn),
		Hear: may(ActHear), Moderate: may(ActManageMessages), Pin: may(ActPin)}
}

// unread counts exactly: what came after the mark, less what was deleted since
// and what the member does not see.
func (s *Service) unread(ctx context.Context, communityID, memberID string, c api.MyChannel) (int64, error) {
	n := c.Head - c.ReadSeq
	if c.IsMuted || n <= 0 {
		return 0, nil
	}
	if s.Unseen == nil {
		return n, nil
	}
	only := ""
	if (c.Type == api.ChannelWhisper || c.Type == api.ChannelDirect) && !c.May.Hear {
		only = memberID
	}
	gone, err := s.Unseen(ctx, s.k.DB().Read(), communityID, c.ID, only, c.ReadSeq)
	return max(0, n-gone), err
}

func listHeads(ctx context.Context, q db.Querier, communityID, memberID string) (map[string]api.MyChannel, error) {
	rows, err := q.Query(ctx, `SELECT h.channel_id, h.seq, COALESCE(r.read_seq, 0), COALESCE(r.is_muted, FALSE) FROM channel_heads h
		LEFT JOIN channel_reads r ON r.community_id = h.community_id AND r.member_id = $2 AND r.channel_id = h.channel_id
		WHERE h.community_id = $1`, communityID, memberID)
	if err != nil {
		return nil, fmt.Errorf("read state of channels: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]api.MyChannel{}
	for rows.Next() {
		var id string
		var m api.MyChannel
		if err := rows.Scan(&id, &m.Head, &m.ReadSeq, &m.IsMuted); err != nil {
			return nil, fmt.Errorf("read state of channels: %w", err)
		}
		out[id] = m
	}
	return out, rows.Err()
}

// Read marks a channel read up to seq; 0 and what lies beyond the newest
// message mean the newest. Errors: NotFound, Forbidden.
func (s *Service) Read(ctx context.Context, communityID, memberID, channelID string, seq int64) (api.MyChannel, error) {
	return s.mark(ctx, communityID, memberID, channelID, func(ctx context.Context, tx *db.Tx, head int64) error {
		if seq == 0 || seq > head {
			seq = head
		}
		return MarkRead(ctx, tx, communityID, memberID, channelID, seq, s.k.Now())
	})
}

// Mute mutes a channel for a member, or unmutes it. Errors: NotFound, Forbidden.
func (s *Service) Mute(ctx context.Context, communityID, memberID, channelID string, muted bool) (api.MyChannel, error) {
	return s.mark(ctx, communityID, memberID, channelID, func(ctx context.Context, tx *db.Tx, _ int64) error {
		_, err := tx.Exec(ctx, `INSERT INTO channel_reads (community_id, member_id, channel_id, is_muted, updated_at) VALUES ($1,$2,$3,$4,$5)
			ON CONFLICT (community_id, member_id, channel_id) DO UPDATE SET is_muted = excluded.is_muted, updated_at = excluded.updated_at`,
			communityID, memberID, channelID, muted, db.Micros(s.k.Now()))
		return wrap(err, "mute channel")
	})
}

func (s *Service) mark(ctx context.Context, communityID, memberID, channelID string, fn func(context.Context, *db.Tx, int64) error) (api.MyChannel, error) {
	if err := s.May(ctx, communityID, memberID, channelID, ActSee); err != nil {
		return api.MyChannel{}, err
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var head int64
		err := tx.QueryRow(ctx, `SELECT seq FROM channel_heads WHERE community_id = $1 AND channel_id = $2`, communityID, channelID).Scan(&head)
		if err != nil {
			return fmt.Errorf("newest message: %w", err)
		}
		return fn(ctx, tx, head)
	})
	if err != nil {
		return api.MyChannel{}, err
	}
	return s.my(ctx, communityID, memberID, channelID)
}

func (s *Service) my(ctx context.Context, communityID, memberID, channelID string) (api.MyChannel, error) {
	all, err := s.Mine(ctx, communityID, memberID)
	for _, c := range all {
		if c.ID == channelID {
			return c, nil
		}
	}
	if err == nil {
		err = errNotFound
	}
	return api.MyChannel{}, err
}
