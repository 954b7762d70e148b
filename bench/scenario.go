package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
)

// mold makes requests to one host with one credential.
type mold struct {
	host string
	key  string // bearer; none when empty
}

func (m mold) head(b []byte, method, path string) []byte {
	b = append(b, method...)
	b = append(b, ' ')
	b = append(b, path...)
	b = append(b, " HTTP/1.1\r\nHost: "...)
	b = append(b, m.host...)
	if m.key != "" {
		b = append(b, "\r\nAuthorization: Bearer "...)
		b = append(b, m.key...)
	}
	return b
}

// get is a whole request.
func (m mold) get(path string) []byte { return append(m.head(nil, "GET", path), "\r\n\r\n"...) }

// post appends a whole request with a JSON body to b.
func (m mold) post(b []byte, path string, body []byte) []byte {
	b = m.head(b, "POST", path)
	b = append(b, "\r\nContent-Type: application/json\r\nContent-Length: "...)
	b = strconv.AppendInt(b, int64(len(body)), 10)
	b = append(b, "\r\n\r\n"...)
	return append(b, body...)
}

// shot is one kind of request of a scenario. build appends the request of one
// connection's next turn; check looks whether the reply of a 200 holds what it
// should.
type shot struct {
	name   string
	weight int // share of the turns
	units  int // what one request counts for
	build  func(b []byte, turn *turn) []byte
	check  func(body []byte) error
}

// turn is what is a connection's own: its source of chance, its keys.
type turn struct {
	r    *rand.Rand
	name string // unique to run and connection
	n    int
	body []byte
}

// scenarios are what can be run, by name.
func scenarios(t target, host, action string) map[string][]shot {
	m := mold{host, t.CommunityKey}
	activity, batch := activityShot(t, m, action), batchShot(t, m, action)
	around, top, widget := aroundShot(t, m), topShot(t, m), widgetShot(t, host)
	mixed := []shot{activity, around, top, widget}
	for i, weight := range []int{20, 40, 20, 20} {
		mixed[i].weight = weight
	}
	return map[string][]shot{"activity": {activity}, "batch": {batch}, "around": {around}, "top": {top}, "widget": {widget}, "mixed": mixed}
}

// activityShot is one durable activity of a random member under a key of its own.
func activityShot(t target, m mold, action string) shot {
	return shot{name: "activity", weight: 1, units: 1, check: checkRanks, build: func(b []byte, turn *turn) []byte {
		turn.body = appendActivity(turn.body[:0], t, turn, action)
		return m.post(b, "/v1/activities", turn.body)
	}}
}

func appendActivity(b []byte, t target, turn *turn, action string) []byte {
	turn.n++
	b = append(b, `{"user":"`...)
	b = t.appendSomeone(b, turn.r)
	b = append(b, `","action":"`...)
	b = append(b, action...)
	b = append(b, `","idempotencyKey":"`...)
	b = append(b, turn.name...)
	b = append(b, '-')
	b = strconv.AppendInt(b, int64(turn.n), 10)
	return append(b, `"}`...)
}

// batchSize is how many activities a request of the batch scenario holds.
const batchSize = 100

func batchShot(t target, m mold, action string) shot {
	return shot{name: "batch", weight: 1, units: batchSize, check: checkBatch, build: func(b []byte, turn *turn) []byte {
		turn.body = append(turn.body[:0], '[')
		for i := range batchSize {
			if i > 0 {
				turn.body = append(turn.body, ',')
			}
			turn.body = appendActivity(turn.body, t, turn, action)
		}
		turn.body = append(turn.body, ']')
		return m.post(b, "/v1/activities", turn.body)
	}}
}

func aroundShot(t target, m mold) shot {
	path := []byte("/v1/leaderboards/" + t.BoardID + "/entries/")
	return shot{name: "around", weight: 1, units: 1, check: rows(10), build: func(b []byte, turn *turn) []byte {
		p := t.appendSomeone(append(turn.body[:0], path...), turn.r)
		turn.body = append(p, "?around=10"...)
		return append(m.head(b, "GET", string(turn.body)), "\r\n\r\n"...)
	}}
}

func topShot(t target, m mold) shot {
	request := m.get("/v1/leaderboards/" + t.BoardID + "/entries?limit=100")
	return shot{name: "top", weight: 1, units: 1, check: rows(100), build: func(b []byte, _ *turn) []byte { return append(b, request...) }}
}

func widgetShot(t target, host string) shot {
	request := mold{host: host}.head(nil, "GET", "/embed/leaderboard/"+t.WidgetID)
	request = append(request, "\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"...)
	return shot{name: "widget", weight: 1, units: 1, check: checkZipped, build: func(b []byte, _ *turn) []byte { return append(b, request...) }}
}

var (
	errNoRank = errors.New("the reply holds no old and new rank")
	errPlain  = errors.New("the page is not gzip")
)

// errUnpaid marks a recorded activity that a cooldown or cap left without points.
var errUnpaid = errors.New("recorded without points")

// checkRanks finds the place before and after in an award.
func checkRanks(body []byte) error {
	if bytes.Contains(body, []byte(`"status":"cooldown"`)) {
		return errUnpaid
	}
	if number(body, `"oldRank":`) < 1 || number(body, `"newRank":`) < 1 {
		return errNoRank
	}
	return nil
}

func checkBatch(body []byte) error {
	paid, unpaid := bytes.Count(body, []byte(`"status":"awarded"`)), bytes.Count(body, []byte(`"status":"cooldown"`))
	if paid+unpaid != batchSize {
		return fmt.Errorf("%d awards and %d without points in a batch of %d", paid, unpaid, batchSize)
	}
	return nil
}

// rows checks that a page of standings has n rows.
func rows(n int) func([]byte) error {
	return func(body []byte) error {
		if got := bytes.Count(body, []byte(`"previousRank":`)); got < n {
			return fmt.Errorf("%d rows instead of %d", got, n)
		}
		return nil
	}
}

func checkZipped(body []byte) error {
	if len(body) < 500 || body[0] != 0x1f || body[1] != 0x8b {
		return errPlain
	}
	return nil
}

// number is the first whole number after a marker; 0 when there is none.
func number(body []byte, marker string) int {
	i := bytes.Index(body, []byte(marker))
	if i < 0 {
		return 0
	}
	n := 0
	for _, c := range body[i+len(marker):] {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// hostOf is the host and port of a server's address.
func hostOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	if u.Scheme != "http" || u.Port() == "" || strings.Trim(u.Path, "/") != "" {
		return "", fmt.Errorf("%q is not an address such as http://127.0.0.1:8080", address)
	}
	return u.Host, nil
}
