package main

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestRankedBreaksTiesByTimeThenNumber(t *testing.T) {
	got := ranked([]points{{no: 1, score: 10, at: 5}, {no: 2, score: 30, at: 9}, {no: 3, score: 10, at: 4}, {no: 4, score: 10, at: 5}, {no: 5, score: 30, at: 8}})
	want := map[int64]int{5: 1, 2: 2, 3: 3, 1: 4, 4: 5}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestJudge(t *testing.T) {
	row := func(no, rank int) []byte {
		return fmt.Appendf(nil, `{"data":{"entries":[{"rank":1,"user":{"id":3}},{"rank":%d,"user":{"id":%d}}]}}`, rank, no)
	}
	for _, test := range []struct {
		name   string
		status int
		body   []byte
		err    error
		want   answer
	}{
		{"exact", 200, row(7, 42), nil, isExact},
		{"wrong", 200, row(7, 41), nil, isWrong},
		{"somebody else", 200, row(8, 42), nil, isWrong},
		{"nobody", 200, []byte(`{"data":{"entries":[]}}`), nil, isWrong},
		{"not yet", 503, []byte(`{"error":{}}`), nil, isRefused},
		{"other status", 404, nil, nil, isFailed},
		{"no JSON", 200, []byte(`<html>`), nil, isFailed},
		{"no reply", 0, nil, errors.New("connection reset"), isFailed},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, note := judge(7, 42, test.status, test.body, test.err)
			if got != test.want {
				t.Errorf("got %v (%s), want %v", got, note, test.want)
			}
			if isGood := got == isExact || got == isRefused; isGood != (note == "") {
				t.Errorf("got note %q with %v", note, got)
			}
		})
	}
}

func TestCompareFindsLostAlteredAndDoubledAwards(t *testing.T) {
	sent := &record{
		acked: map[string]entry{"fine": {1, 100, 0}, "lost": {2, 100, 0}, "less": {3, 100, 0}, "other": {4, 100, 0}, "twice": {5, 100, 0}},
		open:  map[string]entry{"kept": {member: 6}, "gone": {member: 7}},
	}
	found := map[string]entry{"fine": {1, 100, 1}, "less": {3, 50, 1}, "other": {9, 100, 1}, "twice": {5, 100, 2}, "kept": {6, 100, 1}}
	var v verdict
	compare(sent, found, &v)
	if v.acked != 5 || v.open != 2 || v.kept != 1 || v.lost != 1 || v.altered != 2 || v.doubled != 1 || v.faults() != 4 {
		t.Errorf("got %v", v)
	}
}

func TestSampleGivesAllOpenOnes(t *testing.T) {
	r := &record{acked: map[string]entry{"a": {}, "b": {}, "c": {}}, open: map[string]entry{"x": {}, "y": {}}}
	got := map[string]bool{}
	for key := range r.sample(2) {
		got[key] = true
	}
	if len(got) != 4 || !got["x"] || !got["y"] {
		t.Errorf("got %v", got)
	}
}

func TestRepliesAreChecked(t *testing.T) {
	award := `{"data":{"status":"awarded","ranks":[{"oldRank":12,"newRank":9}]}}`
	if err := checkRanks([]byte(award)); err != nil {
		t.Error(err)
	}
	for _, body := range []string{`{"data":{"status":"awarded","ranks":[]}}`, `{"ranks":[{"oldRank":12}]}`, `{"ranks":[{"oldRank":0,"newRank":3}]}`} {
		if err := checkRanks([]byte(body)); !errors.Is(err, errNoRank) {
			t.Errorf("%s: got %v", body, err)
		}
	}
	if err := checkRanks([]byte(`{"status":"cooldown","ranks":[]}`)); !errors.Is(err, errUnpaid) {
		t.Errorf("got %v for a cooldown", err)
	}
	if err := rows(2)([]byte(`{"previousRank":1}{"previousRank":2}`)); err != nil {
		t.Error(err)
	}
	if rows(3)([]byte(`{"previousRank":1}{"previousRank":2}`)) == nil || checkZipped([]byte("<html>")) == nil || checkBatch([]byte(award)) == nil {
		t.Error("a reply with too little passes")
	}
}

func TestReadEvents(t *testing.T) {
	stream := "event: state\nid: 7\ndata: <li>\ndata: 1,234</li>\n\n: still here\n\nevent: reload\ndata: x\n\n"
	events := make(chan event, 10)
	readEvents(bufio.NewScanner(strings.NewReader(stream)), events)
	close(events)
	var got []string
	for e := range events {
		got = append(got, e.data)
	}
	if !slices.Equal(got, []string{" <li> 1,234</li>", " x"}) {
		t.Errorf("got %q", got)
	}
	if !shows(got[0], "1234") || shows(got[1], "1234") {
		t.Error("a grouped number is not found, or one that is not there is")
	}
}

func TestLoadsListsWhatABrowserFetches(t *testing.T) {
	page := `<link rel="stylesheet" href="/a.css"><link rel="alternate" href="/oembed"><script nonce="x" defer src="frame.js?a=1&amp;b=2"></script>
		<img alt="" src="data:image/svg+xml,x"><img src="/i.webp"><a href="/elsewhere">x</a>`
	got := loads(file{url: "http://h:1/embed/leaderboard/1", body: []byte(page)})
	want := []string{"http://h:1/a.css", "http://h:1/embed/leaderboard/frame.js?a=1&b=2", "http://h:1/i.webp"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
