// Package api is the contract between Laurel's server and its clients: the
// wire types, the error vocabulary, permission names and identifiers. It
// imports nothing of ours; the OpenAPI document is generated from it.
package api
