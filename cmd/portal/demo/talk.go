package demo

import (
	"context"
	_ "embed"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/member"
	"laurel/engine/message"
)

// script is what is said in the demo: "# channel" and "@topic" begin a part;
// a line names its speaker by a number, T for the team, P for the member who
// can sign in; ">" answers the line that begins the talk, ">2" the one two
// lines above it; after the text stand reactions with how many gave them.
//
//go:embed talk.txt
var script string

// rounds is how often the talk of the open channel is heard: the second time by
// other people, some weeks earlier.
const rounds = 4

// stage is where the script is played.
type stage struct {
	channels map[string]string // ids by name
	topics   map[string]string // ids by title
	crowd    []member.Ref
	team     member.Ref
	own      member.Ref
}

// talk fills the channels through the engine's import, which numbers, indexes
// and counts as sending does; what the acts earned is in the ledger already.
func (d *Demo) talk(ctx context.Context, cred *Credentials, who []member.Ref, now time.Time) error {
	s, err := d.stage(ctx, cred, who)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(64, 8)) //nolint:gosec // the same talk each time is the point
	var all []message.Past
	for round := range rounds {
		all = append(all, s.play(r, round, len(all))...)
	}
	place(r, all, now, s.channels["announcements"])
	all = inTime(all)
	if _, err := d.engine.Messages.Import(ctx, d.community, all); err != nil {
		return fmt.Errorf("talk: %w", err)
	}
	if err := d.moderate(ctx, cred, who); err != nil {
		return err
	}
	return d.catchUp(ctx, cred, s)
}

func (d *Demo) stage(ctx context.Context, cred *Credentials, who []member.Ref) (stage, error) {
	s := stage{channels: map[string]string{}, topics: map[string]string{}, crowd: who}
	list, err := d.engine.Channels.List(ctx, d.community)
	if err != nil {
		return s, err
	}
	for _, c := range list {
		s.channels[c.Topic] = c.ID
	}
	topics, err := apiclient.InProcess(d.engine).WithSystemKey(cred.SystemKey).Channels().Topics(ctx, cred.ForumChannelID)
	if err != nil {
		return s, err
	}
	for _, t := range topics {
		s.topics[t.Title] = t.ID
	}
	if s.team, err = d.engine.Members.Resolve(ctx, d.community, cred.Admin.ID); err != nil {
		return s, err
	}
	s.own, err = d.engine.Members.Resolve(ctx, d.community, cred.Member.ID)
	return s, err
}

var given = regexp.MustCompile(`(\S+?)(\d+)$`)

// play reads the script once. The first rounds are the earlier ones; only the
// open channel is heard in all of them.
func (s stage) play(r *rand.Rand, round, from int) []message.Past {
	var out []message.Past
	channel, topic, first := "", "", 0
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "# "):
			channel, topic = line[2:], ""
			continue
		case strings.HasPrefix(line, "@") && channel == "questions":
			topic = s.topics[line[1:]]
			continue
		case channel != "general" && round < rounds-1:
			continue
		}
		answers, line := answer(line)
		parts := strings.SplitN(line, "|", 3)
		if answers == 0 {
			first = len(out)
		}
		p := message.Past{Channel: s.channels[channel], Topic: topic, Author: s.speaker(r, parts[0], answers > 0, channel, round), Body: parts[1]}
		if answers > 0 {
			p.ReplyTo = from + first + answers
		}
		if len(parts) == 3 {
			p.Reactions = s.reactions(r, parts[2])
		}
		out = append(out, p)
	}
	return out
}

// answer takes the mark of an answer off a line; 0 for a line that begins a talk.
func answer(line string) (int, string) {
	if !strings.HasPrefix(line, ">") {
		return 0, line
	}
	mark, rest, _ := strings.Cut(line[1:], "|")
	if n, err := strconv.Atoi(mark); err == nil {
		return n, "|" + rest
	}
	return 1, mark + "|" + rest
}

func (s stage) speaker(r *rand.Rand, name string, answers bool, channel string, round int) member.Ref {
	switch {
	case name == "T" || channel == "announcements":
		return s.team
	case name == "P":
		return s.own
	case answers && name == "":
		return s.crowd[r.IntN(len(s.crowd)/4)]
	}
	n, _ := strconv.Atoi(name)
	return s.crowd[(n*53+round*17)%(len(s.crowd)/3)]
}

func (s stage) reactions(r *rand.Rand, text string) []message.PastReaction {
	var out []message.PastReaction
	for _, part := range strings.Fields(text) {
		m := given.FindStringSubmatch(part)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[2])
		from := r.IntN(len(s.crowd) / 2)
		by := make([]member.Ref, 0, n)
		for i := range n {
			by = append(by, s.crowd[from+i])
		}
		out = append(out, message.PastReaction{Emoji: m[1], By: by})
	}
	return out
}

// place spreads the talk over the last weeks, closer towards the end: each
// channel's messages in their order, the last some minutes ago; news are rare.
func place(r *rand.Rand, all []message.Past, now time.Time, news string) {
	at := map[string]time.Time{}
	for i := len(all) - 1; i >= 0; i-- {
		p := &all[i]
		last, known := at[p.Channel]
		if !known {
			last = now.Add(-time.Duration(2+r.IntN(20)) * time.Minute)
		}
		p.At = last
		gap := time.Duration(1+r.IntN(6)) * time.Minute
		if p.ReplyTo == 0 {
			gap = time.Duration(20+r.IntN(300)) * time.Minute
		}
		if p.Channel == news {
			gap = time.Duration(30+r.IntN(48)) * time.Hour
		}
		at[p.Channel] = last.Add(-gap)
	}
}

// inTime puts the talk of all channels into one order, as the import wants it.
func inTime(all []message.Past) []message.Past {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return all[a].At.Compare(all[b].At) })
	to := make([]int, len(all)) // where each went, from 1
	for i, from := range order {
		to[from] = i + 1
	}
	out := make([]message.Past, len(all))
	for i, from := range order {
		out[i] = all[from]
		if out[i].ReplyTo > 0 {
			out[i].ReplyTo = to[out[i].ReplyTo-1]
		}
	}
	return out
}

// catchUp lets the member have read most of it.
func (d *Demo) catchUp(ctx context.Context, cred *Credentials, s stage) error {
	for name, unread := range map[string]int64{"announcements": 1, "general": 7, "questions": 0, "feedback": 0, "help-desk": 0} {
		list, err := d.engine.Channels.Mine(ctx, d.community, cred.Member.ID)
		if err != nil {
			return err
		}
		for _, c := range list {
			if c.ID != s.channels[name] || c.Head <= unread {
				continue
			}
			if _, err := d.engine.Channels.Read(ctx, d.community, cred.Member.ID, c.ID, c.Head-unread); err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
		}
	}
	return nil
}

// small is what is said now and then while the demo runs.
var small = []string{
	"Back at the desk. What did I miss?", "That was a quick move 👀", "Bom dia a todos!", "Two more points to the next level.",
	"Anyone watching gold?", "Danke für den Hinweis gestern!", "Streak saved, five minutes before midnight.", "مساء الخير جميعاً",
	"今日も一日お疲れさまでした。", "Waiting for the close. Patience pays.", "Qui sera à la session de mardi ?", "Nice analysis, thank you!",
}

// say lets one of the crowd post into the open channel, as a partner's server would.
func (d *Demo) say(ctx context.Context, r *rand.Rand, who member.Ref) error {
	_, err := apiclient.InProcess(d.engine).WithKey(d.Credentials.CommunityKey).Messages().Send(ctx, api.SendMessage{
		ChannelID: d.Credentials.ChannelID, Message: small[r.IntN(len(small))], Sender: who.ID,
	})
	return err
}
