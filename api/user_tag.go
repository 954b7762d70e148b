package api

// Tag is a label that members carry, with how many carry it.
type Tag struct {
	Name  string `json:"name"`
	Count int    `json:"count" doc:"Members that are not deleted"`
}

// TagUsers adds tags to many members, and takes others from them. The members
// are those of the list, or those that the filter lets through.
type TagUsers struct {
	Users  []string       `json:"users,omitempty" maxItems:"1000" doc:"Ids, numbers, usernames or emails"`
	Filter map[string]any `json:"filter,omitempty" doc:"As in POST /v1/users/filter; instead of users"`
	Add    []string       `json:"add,omitempty" maxItems:"20"`
	Remove []string       `json:"remove,omitempty" maxItems:"20"`
}

// TaggedUsers is what TagUsers did.
type TaggedUsers struct {
	Matched int `json:"matched"`
	Changed int `json:"changed"`
}

// ManageUsers deletes or restores many members.
type ManageUsers struct {
	Action string   `json:"action" enum:"delete,restore"`
	Users  []string `json:"users" minItems:"1" maxItems:"200" doc:"Ids, numbers, usernames or emails"`
}

// ManagedUsers is what ManageUsers did; one that fails does so alone.
type ManagedUsers struct {
	Done   int           `json:"done"`
	Failed []FailedUsers `json:"failed" nullable:"false"`
}

// FailedUsers is one member with which ManageUsers did nothing.
type FailedUsers struct {
	User    string `json:"user"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// UserFilter asks for members by what is known of them.
type UserFilter struct {
	Fields []string       `json:"fields,omitempty" maxItems:"100" doc:"Columns of the reply: email, first_name, last_name, join_date, xp, coins, … and user fields; all when missing"`
	Filter map[string]any `json:"filter,omitempty" doc:"By column: a value, {gte,lte} for numbers and dates; also gt, lt, ne, in, all, none, exists; last and older in days for times. Columns: search, role, roles, tags, tier, xp, coins, premium, join_date, last_seen, language, is_dummy, is_deleted, user fields; and: a list of filters that hold together"`
	Cursor string         `json:"cursor,omitempty" doc:"The next_cursor of the page before; never with page"`
	Page   int            `json:"page,omitempty" minimum:"1" maximum:"1000000" doc:"Page from 1; never with cursor"`
}

// FilteredUsers is a page of up to 200 members with the columns asked for.
type FilteredUsers struct {
	Users       []map[string]any `json:"users" nullable:"false"`
	NextCursor  string           `json:"next_cursor,omitempty" doc:"While more exist, without page"`
	CurrentPage int              `json:"current_page,omitempty" doc:"With page"`
	TotalPages  *int             `json:"total_pages,omitempty" doc:"With page"`
	Total       *int             `json:"total,omitempty" doc:"With page: members in all"`
}

// Segment is a saved filter of the members' list with its columns.
type Segment struct {
	ID        string         `json:"_id"`
	Name      string         `json:"name"`
	Filter    map[string]any `json:"filter" doc:"As in POST /v1/users/filter"`
	Columns   []string       `json:"columns" nullable:"false"`
	Sort      string         `json:"sort"`
	Count     *int           `json:"count,omitempty" doc:"Members in it now"`
	Creator   *UserDigest    `json:"creator"`
	CreatedAt Time           `json:"createdAt"`
	UpdatedAt Time           `json:"updatedAt"`
}

// NewSegment creates or replaces a segment.
type NewSegment struct {
	Name    string         `json:"name" minLength:"1" maxLength:"100"`
	Filter  map[string]any `json:"filter"`
	Columns []string       `json:"columns,omitempty" maxItems:"50"`
	Sort    string         `json:"sort,omitempty" maxLength:"80"`
}
