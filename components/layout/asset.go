package layout

import "laurel/static"

// asset is the address of a built file.
func asset(name string) string { return static.URL(name) }
