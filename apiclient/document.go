package apiclient

import (
	"context"
	"encoding/json"
)

// OpenAPI reads the deployment's OpenAPI 3.1 document, as JSON.
func (c *Client) OpenAPI(ctx context.Context) ([]byte, error) {
	return plain[json.RawMessage](ctx, c, request{method: "GET", path: "/openapi.json"})
}
