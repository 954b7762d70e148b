package rank

// Tie names how a board ranks members with equal scores.
type Tie uint8

// The tie rules. FirstAchiever is the zero value.
const (
	FirstAchiever Tie = iota // FirstAchiever gives distinct ranks: the earlier time leads, then the lower member number.
	Competition              // Competition gives equal scores one rank and skips the places they fill: 1, 2, 2, 4.
	Dense                    // Dense gives equal scores one rank and skips none: 1, 2, 2, 3.
	Ordinal                  // Ordinal gives distinct ranks: the lower member number leads and the time is ignored.
)

// Options are the fixed rules of a board. The zero value ranks the highest score first, ties by first achiever.
type Options struct {
	Tie       Tie
	Ascending bool // Ascending ranks the lowest score first, as for times and strokes.
}

// Entry is a member's score without its rank.
type Entry struct {
	Member uint32
	Score  int64 // Score is any int64, also negative or extreme.
	At     int64 // At is when the score was reached, in microseconds UTC.
}

// Standing is a member's place on a board. The zero value, with rank 0, stands for a member who is not on it.
type Standing struct {
	Member uint32
	Rank   int   // Rank is 1 or more under the board's tie rule.
	Score  int64 // Score is any int64, also negative or extreme.
	At     int64 // At is when the score was reached, in microseconds UTC.
}

// IsRanked reports whether the standing is that of a member on the board.
func (s Standing) IsRanked() bool { return s.Rank > 0 }

// Entry returns the standing without its rank; After and Before take it as a cursor.
func (s Standing) Entry() Entry { return Entry{Member: s.Member, Score: s.Score, At: s.At} }
