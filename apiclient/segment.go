package apiclient

import (
	"context"

	"laurel/api"
)

// Segments manages the saved filters of members.
type Segments struct {
	c    *Client
	base string
}

// Segments is the group of calls on segments.
func (c *Client) Segments(communityID string) Segments {
	return Segments{c, "/v1/communities/" + seg(communityID) + "/segments"}
}

// List lists the segments by name.
func (s Segments) List(ctx context.Context) ([]api.Segment, error) {
	return data[[]api.Segment](ctx, s.c, request{method: "GET", path: s.base})
}

// Get reads a segment.
func (s Segments) Get(ctx context.Context, id string) (api.Segment, error) {
	return data[api.Segment](ctx, s.c, request{method: "GET", path: s.base + "/" + seg(id)})
}

// Create saves a filter. Errors: Invalid, Conflict segment_taken.
func (s Segments) Create(ctx context.Context, in api.NewSegment) (api.Segment, error) {
	return data[api.Segment](ctx, s.c, request{method: "POST", path: s.base, body: in})
}

// Update replaces a segment.
func (s Segments) Update(ctx context.Context, id string, in api.NewSegment) (api.Segment, error) {
	return data[api.Segment](ctx, s.c, request{method: "PUT", path: s.base + "/" + seg(id), body: in})
}

// Delete removes a segment; its members stay.
func (s Segments) Delete(ctx context.Context, id string) error {
	return s.c.call(ctx, request{method: "DELETE", path: s.base + "/" + seg(id)}, nil)
}
