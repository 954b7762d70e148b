// Package rank holds the exact standings of one leaderboard and period in memory.
//
// A [Board] keeps its entries in sorted blocks of at most 512 and a Fenwick tree over the block sizes, so that reading a
// rank, a page or the rows around a member costs about a microsecond among millions, and a change not much more. Members
// are numbers that the caller gives out and shares between boards: an index maps them to their block, as an array while the
// numbers are dense and as a hash map while they are not.
//
// Nothing here is an estimate: every answer equals that of sorting all entries, for any int64 score. The package knows no
// database and no clock; the caller supplies scores and times in commit order and rebuilds a board with [Board.Load].
package rank
