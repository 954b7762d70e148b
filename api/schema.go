package api

import "github.com/danielgtaylor/huma/v2"

// nullable lets properties that are objects also be null in the document.
func nullable(s *huma.Schema, properties ...string) *huma.Schema {
	for _, name := range properties {
		if p := s.Properties[name]; p != nil {
			s.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{p, {Type: "null"}}}
		}
	}
	return s
}

// TransformSchema says that a field made by a key has no creator.
func (UserField) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return nullable(s, "creator")
}

// TransformSchema says that a change made by a key has no creator.
func (FieldHistory) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return nullable(s, "creator")
}

// TransformSchema says that a segment made by a key has no creator.
func (Segment) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return nullable(s, "creator")
}

// TransformSchema says that there may be no tier, nor one before or after it.
func (Progress) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return nullable(s, "tier", "nextTier", "previousTier")
}
