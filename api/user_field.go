package api

// Masked stands for a private value that the caller may not see.
const Masked = "***"

// UserField is a custom field that the community keeps about its members.
type UserField struct {
	ID          string      `json:"_id"`
	Field       string      `json:"field" doc:"Database key, unique in the community"`
	Name        string      `json:"name"`
	Type        string      `json:"type" enum:"text,single-line-text,multi-line-text,number,numerical,date,boolean,select"`
	Description string      `json:"description"`
	Required    bool        `json:"required" doc:"New users need a value, and it cannot be removed"`
	Default     string      `json:"defaultValue" doc:"Value of new users that bring none; empty for none"`
	Options     []string    `json:"options,omitempty"`
	Private     bool        `json:"private" doc:"Values are shown to those with the right userFields, and to the member"`
	Creator     *UserDigest `json:"creator"`
	Community   string      `json:"communityId,omitempty"`
	CreatedAt   Time        `json:"createdAt"`
	UpdatedAt   Time        `json:"updatedAt"`
}

// NewUserField creates or replaces a user field.
type NewUserField struct {
	Field       string   `json:"field,omitempty" maxLength:"50" doc:"1 to 50 characters; spaces become hyphens; taken from the name when missing"`
	Name        string   `json:"name" minLength:"1" maxLength:"100"`
	Type        string   `json:"type" enum:"text,single-line-text,multi-line-text,number,numerical,date,boolean,select"`
	Description string   `json:"description,omitempty" maxLength:"500"`
	Required    bool     `json:"required,omitempty"`
	Default     any      `json:"defaultValue,omitempty" doc:"Text, number or true and false, as the type says"`
	Options     []string `json:"options,omitempty" maxItems:"100"`
	Private     bool     `json:"private,omitempty"`
}

// FieldHistory is one change of one value of a user field. Values are texts;
// empty stands for none.
type FieldHistory struct {
	ID        string      `json:"_id"`
	UserID    string      `json:"userId" doc:"ObjectId"`
	User      *UserDigest `json:"user" doc:"Whose value it is; null when the member is gone"`
	FieldID   string      `json:"fieldId"`
	Field     string      `json:"field"`
	Name      string      `json:"name" doc:"Name of the field at that time"`
	Type      string      `json:"type"`
	OldValue  string      `json:"oldValue"`
	NewValue  string      `json:"newValue"`
	Source    string      `json:"source" doc:"portal, api, member, system, demo, csv, webhook, or what an import names"`
	Creator   *UserDigest `json:"creator" doc:"Who changed it; null for keys and for the system"`
	Actor     HistoryBy   `json:"actor" doc:"Who changed it, keys too"`
	CreatedAt Time        `json:"createdAt"`
}

// HistoryBy names the person, key or system behind a change.
type HistoryBy struct {
	Type string `json:"type" enum:"user,key,system"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

// NewFieldHistory records a change that was made elsewhere, such as the past
// of an imported member. It does not change the present value.
type NewFieldHistory struct {
	FieldID   string `json:"fieldId" minLength:"1" maxLength:"100" doc:"Id, key or name of the field"`
	OldValue  any    `json:"oldValue,omitempty"`
	NewValue  any    `json:"newValue,omitempty"`
	Source    string `json:"source,omitempty" maxLength:"50" doc:"Whence; api when missing"`
	CreatedAt string `json:"createdAt,omitempty" doc:"RFC 3339 or a date, not in the future; now when missing"`
}
