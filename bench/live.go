package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"laurel/api"
)

type liveCmd struct {
	URL    string `required:"" help:"Address of the server, such as http://127.0.0.1:8080."`
	File   string `required:"" type:"existingfile" help:"What prepare has written."`
	Rounds int    `default:"50" help:"How many awards to wait for."`
}

// Run follows the public widget as a browser does, awards points to one of
// its first ten, and measures from the award's reply until the new score has
// arrived.
func (l liveCmd) Run(o *console) error {
	t, err := loadTarget(l.File)
	if err != nil {
		return err
	}
	host, err := hostOf(l.URL)
	if err != nil {
		return err
	}
	if err := awake(o.ctx, t, host); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(o.ctx)
	defer stop()
	events, err := follow(ctx, l.URL+"/embed/leaderboard/"+t.WidgetID+"/live")
	if err != nil {
		return err
	}
	top, err := topMembers(newConn(host), mold{host, t.CommunityKey}, t)
	if err != nil {
		return err
	}
	var h histogram
	c, run := newConn(host), strconv.FormatInt(time.Now().UnixNano(), 36)
	defer c.close()
	for i := range l.Rounds {
		took, err := oneLive(ctx, c, mold{host, t.CommunityKey}, top[i%len(top)], "live-"+run+"-"+strconv.Itoa(i), events)
		if err != nil {
			return err
		}
		h.add(took)
		time.Sleep(300 * time.Millisecond)
	}
	o.say("live: %d awards, from reply to event: p50 %s  p99 %s  max %s", l.Rounds, ms(h.quantile(0.5)), ms(h.quantile(0.99)), ms(h.worst))
	return nil
}

// event is one server-sent event and when its last line arrived.
type event struct {
	data string
	at   time.Time
}

// follow opens a stream; its events come by the channel, which is closed when
// the stream ends.
func follow(ctx context.Context, address string) (<-chan event, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/event-stream")
	res, err := http.DefaultClient.Do(req) //nolint:bodyclose // closed by the reader below, when the stream ends
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("stream: %s", res.Status), res.Body.Close())
	}
	events := make(chan event, 1000)
	go func() {
		defer close(events)
		defer func() { _ = res.Body.Close() }()
		readEvents(bufio.NewScanner(res.Body), events)
	}()
	return events, nil
}

func readEvents(lines *bufio.Scanner, events chan<- event) {
	lines.Buffer(nil, 4<<20)
	var data strings.Builder
	for lines.Scan() {
		line := lines.Text()
		if text, ok := strings.CutPrefix(line, "data:"); ok {
			data.WriteString(text)
		}
		if line == "" && data.Len() > 0 {
			events <- event{data.String(), time.Now()}
			data.Reset()
		}
	}
}

// topMembers are the numbers of the first ten.
func topMembers(c *conn, m mold, t target) ([]int64, error) {
	defer c.close()
	status, body, err := c.do(m.get("/v1/leaderboards/" + t.BoardID + "/entries?limit=10"))
	if err != nil || status != http.StatusOK {
		return nil, errors.Join(err, fmt.Errorf("top: status %d: %.200s", status, body))
	}
	var reply struct {
		Data api.Standings `json:"data"`
	}
	if err := json.Unmarshal(body, &reply); err != nil {
		return nil, err
	}
	var out []int64
	for _, e := range reply.Data.Entries {
		out = append(out, e.User.Number)
	}
	if len(out) == 0 {
		return nil, errors.New("the board is empty")
	}
	return out, nil
}

// oneLive awards and waits; an event that came before the reply counts as 0.
func oneLive(ctx context.Context, c *conn, m mold, member int64, key string, events <-chan event) (time.Duration, error) {
	status, body, err := c.do(m.post(nil, "/v1/activities", awardBody(nil, member, key)))
	replied := time.Now()
	if err != nil || status != http.StatusOK {
		return 0, errors.Join(err, fmt.Errorf("award: status %d: %.200s", status, body))
	}
	score := strconv.Itoa(number(body, `"score":`))
	late := time.After(10 * time.Second)
	for {
		select {
		case e, open := <-events:
			if !open {
				return 0, errors.New("the stream ended")
			}
			if shows(e.data, score) {
				return max(e.at.Sub(replied), 0), nil
			}
		case <-late:
			return 0, fmt.Errorf("no event with the score %s in 10 s", score)
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// shows reports whether a page holds a number, however it groups digits.
func shows(page, score string) bool {
	return strings.Contains(strings.NewReplacer(",", "", ".", "", "\u00a0", "", "\u202f", "").Replace(page), score)
}
