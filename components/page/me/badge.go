package me

import (
	"laurel/components/layout"
	"laurel/components/ui"
)

// BadgesProps is the page of all badges, sorted by how they stand for the member.
type BadgesProps struct {
	layout.MemberProps
	Held     []Badge
	Progress []Badge
	Open     []Badge // may be applied for, or waits for an answer
	Locked   []Badge // given by the team only
	Error    string  // why the choice of what is shown was refused
	Apply    ApplyForm
}

// Badge is one badge as it stands for the member.
type Badge struct {
	ID      string
	Emblem  ui.EmblemProps
	Text    string
	Pays    string // "50 XP, 10 coins"
	Note    string // "Held by 212 members"
	Count   int64
	Of      int64  // what the count must reach
	Unit    string // "messages"
	Shown   bool
	Proof   bool   // an application needs pictures
	Waiting bool   // applied for
	Reason  string // of the last refusal
	At      ui.Moment
}

// ApplyForm is an application that was refused at once, shown again.
type ApplyForm struct {
	ID     string // of the badge; empty when there is none
	Note   string
	Errors map[string]string // note, proof
}

func (p BadgesProps) isEmpty() bool {
	return len(p.Held)+len(p.Progress)+len(p.Open)+len(p.Locked) == 0
}

func (p BadgesProps) form(b Badge) ApplyForm {
	if p.Apply.ID == b.ID {
		return p.Apply
	}
	return ApplyForm{}
}

func (b Badge) way() string {
	return ui.Number(b.Count) + " of " + ui.Number(b.Of) + " " + b.Unit
}
