package db

import "time"

// Clock tells the time. The engine takes one instead of calling time.Now, so
// that tests can set it.
type Clock func() time.Time

// Micros returns t as the database stores it: microseconds since 1970, UTC.
func Micros(t time.Time) int64 { return t.UnixMicro() }

// FromMicros is the reverse of Micros; the result is in UTC.
func FromMicros(us int64) time.Time { return time.UnixMicro(us).UTC() }
