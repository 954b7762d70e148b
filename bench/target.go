package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"strconv"
)

// target is a prepared community: what to measure, and the keys for it.
// Members are numbered from First without gaps.
type target struct {
	CommunityID   string `json:"communityId"`
	SystemKey     string `json:"systemKey"`
	CommunityKey  string `json:"communityKey"`
	Members       int    `json:"members"`
	First         int64  `json:"firstNumber"`
	BoardID       string `json:"boardId"`                 // all-time
	PeriodBoardID string `json:"periodBoardId,omitempty"` // every period; empty when there is none
	WidgetID      string `json:"publicWidgetId"`          // 50 rows of the all-time board
	Origin        string `json:"origin"`                  // may frame the widget
}

func loadTarget(path string) (target, error) {
	var t target
	raw, err := os.ReadFile(path)
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal(raw, &t)
}

func (t target) save(path string) error {
	raw, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o600)
}

// someone is the number of a random member.
func (t target) someone(r *rand.Rand) int64 { return t.First + r.Int64N(int64(t.Members)) }

// appendSomeone appends the number of a random member.
func (t target) appendSomeone(b []byte, r *rand.Rand) []byte {
	return strconv.AppendInt(b, t.someone(r), 10)
}
