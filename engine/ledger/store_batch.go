package ledger

import "laurel/engine/db"

// statements are those that read and write a whole group at once.
type statements struct{ *db.Sets }
