// Package auth holds the security building blocks of the platform: password
// hashes and rules, API keys, user and embed tokens, origins, sealing of
// secrets at rest, the session store and the masking of secrets in logs.
//
// Everything here is pure: no routes, no settings read from the environment,
// and time comes from the caller, either as a moment or as a clock. Times are
// UTC. What a failure may say in public is fixed per token family; the cause
// is for the log only.
package auth

import "time"

// Clock tells the current time; tests pass a fixed one.
type Clock = func() time.Time
