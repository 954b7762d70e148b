// Package components holds nothing itself: the pages' parts are in the folders
// below it. "go generate" writes the Go code of their templates.
package components

//go:generate go tool templ generate
