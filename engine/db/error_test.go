package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestErrorKinds(t *testing.T) {
	state := func(code string) error { return fmt.Errorf("write: %w", &pgconn.PgError{Code: code}) }
	tests := []struct {
		name                             string
		err                              error
		conflict, unavailable, retryable bool
	}{
		{"none", nil, false, false, false},
		{"ours", errors.New("x"), false, false, false},
		{"caller gone", context.Canceled, false, false, false},
		{"caller too late", context.DeadlineExceeded, false, false, false},
		{"file missing", os.ErrNotExist, false, false, false},
		{"unique", state("23505"), true, false, false},
		{"foreign key", state("23503"), false, false, false},
		{"serialization", state("40001"), false, false, true},
		{"deadlock", state("40P01"), false, false, true},
		{"disk full", state("53100"), false, true, false},
		{"too many connections", state("53300"), false, true, false},
		{"shutdown", state("57P01"), false, true, false},
		{"read-only", state("25006"), false, true, false},
		{"cancelled statement", state("57014"), false, false, false},
		{"connection refused", &net.OpError{Op: "dial", Err: errors.New("refused")}, false, true, false},
		{"cut off", io.ErrUnexpectedEOF, false, true, false},
		{"bad connection", driver.ErrBadConn, false, true, false},
		{"closed", errClosed(), false, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := IsConflict(tt.err); got != tt.conflict {
				t.Errorf("conflict: got %t", got)
			}
			if got := IsUnavailable(tt.err); got != tt.unavailable {
				t.Errorf("unavailable: got %t", got)
			}
			if got := isRetryable(tt.err); got != tt.retryable {
				t.Errorf("retryable: got %t", got)
			}
		})
	}
}

func TestMicros(t *testing.T) {
	const us = 1_700_000_000_123_456
	if got := Micros(FromMicros(us)); got != us {
		t.Errorf("got %d, want %d", got, us)
	}
	if zone, _ := FromMicros(us).Zone(); zone != "UTC" {
		t.Errorf("got zone %s, want UTC", zone)
	}
}
