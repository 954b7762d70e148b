package rank

// A run is a stretch of entries with equal scores. Its first entry, wherever the blocks are cut, is its start: the dense
// rank of an entry is the number of starts up to and including it.

// startsRun reports whether the entry at i in the block at pos differs in score from the one before it.
func (t *table) startsRun(pos, i int) bool {
	before, ok := t.scoreBefore(pos, i)
	return !ok || before != t.at(pos).keys[i].score
}

// scoreBefore returns the turned score of the entry before a place, if there is one.
func (t *table) scoreBefore(pos, i int) (int64, bool) {
	if i > 0 {
		return t.at(pos).keys[i-1].score, true
	}
	if pos == 0 {
		return 0, false
	}
	b := t.at(pos - 1)
	return b.keys[len(b.keys)-1].score, true
}

// after returns the place that follows one that is taken, if there is one.
func (t *table) after(pos, i int) (int, int, bool) {
	if i+1 < len(t.at(pos).keys) {
		return pos, i + 1, true
	}
	return pos + 1, 0, pos+1 < len(t.ids)
}

// countRuns keeps the runs when an entry has just been put at a place (sign 1) or is about to be taken from it (sign -1).
func (t *table) countRuns(pos, i, sign int) {
	if t.tie != Dense {
		return
	}
	if t.startsRun(pos, i) {
		t.runs.add(pos, sign)
	}
	nextPos, next, ok := t.after(pos, i)
	if !ok {
		return
	}
	before, ok := t.scoreBefore(pos, i)
	with := t.startsRun(nextPos, next)
	without := !ok || before != t.at(nextPos).keys[next].score
	switch {
	case with && !without:
		t.runs.add(nextPos, sign)
	case without && !with:
		t.runs.add(nextPos, -sign)
	}
}

// runsIn counts the starts among the entries i to j-1 of the block at pos.
func (t *table) runsIn(pos, i, j int) int {
	if i >= j {
		return 0
	}
	n := 0
	if t.startsRun(pos, i) {
		n++
	}
	keys := t.at(pos).keys[i:j]
	for k := 1; k < len(keys); k++ {
		n += differ(keys[k].score, keys[k-1].score)
	}
	return n
}

// differ returns 1 if the numbers differ and 0 if not, without a branch: where runs end cannot be predicted.
func differ(a, b int64) int {
	d := uint64(a ^ b)
	return int((d | -d) >> 63)
}

// runsBefore counts the starts before a place.
func (t *table) runsBefore(pos, i int) int {
	if len(t.ids) == 0 {
		return 0
	}
	return t.runs.sum(pos) + t.runsIn(pos, 0, i)
}

// isAlone reports whether the entry at a place shares its score with no other.
func (t *table) isAlone(pos, i int) bool {
	nextPos, next, ok := t.after(pos, i)
	return t.startsRun(pos, i) && (!ok || t.startsRun(nextPos, next))
}
