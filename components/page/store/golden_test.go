package store_test

import (
	"testing"

	"laurel/components/gallery/gallerytest"
)

func TestGolden(t *testing.T) { gallerytest.Golden(t, "page/store") }
