package api

// SendMessage posts a message into a channel.
type SendMessage struct {
	ChannelID    string   `json:"channelId" minLength:"1" maxLength:"24"`
	Message      string   `json:"message" maxLength:"16000" doc:"Plain text with **bold**, *italic*, code, links and @mentions; 1 to 4000 characters, may be empty with images"`
	Sender       string   `json:"sender,omitempty" maxLength:"254" doc:"Username, email or id; needed with a community key"`
	ForumTopicID string   `json:"forumTopicId,omitempty" maxLength:"24" doc:"Needed when the channel is a forum"`
	Images       []string `json:"images,omitempty" maxItems:"10" doc:"Ids of uploaded images"`
}

// ReplyMessage answers a message in its thread.
type ReplyMessage struct {
	MessageID string   `json:"messageId" minLength:"1" maxLength:"24"`
	Message   string   `json:"message" maxLength:"16000"`
	Sender    string   `json:"sender,omitempty" maxLength:"254"`
	Images    []string `json:"images,omitempty" maxItems:"10"`
}

// ReactMessage adds a reaction to a message.
type ReactMessage struct {
	MessageID string `json:"messageId" minLength:"1" maxLength:"24"`
	Emoji     string `json:"emoji" minLength:"1" maxLength:"64" doc:"A shortcode such as :sparkling_heart: or the emoji itself"`
	Sender    string `json:"sender,omitempty" maxLength:"254"`
}

// EditMessage replaces the text of a message.
type EditMessage struct {
	Message string `json:"message" maxLength:"16000"`
}

// SentMessage says what was posted and what it brought.
type SentMessage struct {
	ID        string `json:"id"`
	ChannelID string `json:"channelId"`
	ParentID  string `json:"parentId,omitempty"`
	Number    int64  `json:"number" doc:"Place in the channel, from 1"`
	Reward    string `json:"reward" doc:"awarded, or why points were withheld: cooldown, capped, disabled"`
	XP        int64  `json:"xp"`
	CreatedAt Time   `json:"timestamp"`
}

// AddedReaction says where a reaction was added.
type AddedReaction struct {
	ID        string `json:"id" doc:"Of the message"`
	ChannelID string `json:"channelId"`
	Emoji     string `json:"emoji"`
	Reward    string `json:"reward"`
	XP        int64  `json:"xp"`
}

// Message is one message as it is read.
type Message struct {
	ID        string         `json:"id"`
	Message   string         `json:"message" doc:"The text; empty when deleted"`
	User      MessageUser    `json:"user"`
	Channel   MessageChannel `json:"channel"`
	Timestamp Time           `json:"timestamp"`
	Number    int64          `json:"number" doc:"Place in the channel, from 1, without gaps"`
	Revision  int64          `json:"revision" doc:"The channel's change that touched the message last"`
	Kind      string         `json:"kind" doc:"message, or alert: a notice of the moderation"`
	TopicID   string         `json:"forumTopicId,omitempty"`
	ParentID  string         `json:"parentId,omitempty" doc:"The message that this one answers"`
	RootID    string         `json:"rootId,omitempty" doc:"The message that began the thread"`
	Replies   int64          `json:"replies"`
	Parts     []MessagePart  `json:"parts"`
	Images    []MessageImage `json:"images"`
	Reactions []Reaction     `json:"reactions"`
	EditedAt  *Time          `json:"editedAt"`
	DeletedAt *Time          `json:"deletedAt"`
	PinnedAt  *Time          `json:"pinnedAt"`
}

// MessageUser is who wrote a message.
type MessageUser struct {
	UserID      string `json:"user_id"`
	Email       string `json:"email" doc:"Empty for callers who may not see it"`
	Username    string `json:"username"`
	DisplayName string `json:"displayName"`
	Avatar      string `json:"avatar"`
}

// MessageChannel is where a message stands.
type MessageChannel struct {
	ChannelID string `json:"channel_id"`
	Name      string `json:"name"`
}

// MessagePart is a piece of a message: text, bold, italic, code, link, user or role.
type MessagePart struct {
	Type   string `json:"type" doc:"text, bold, italic, code, link, user or role"`
	Text   string `json:"text" doc:"Not escaped"`
	Href   string `json:"href,omitempty" doc:"Of a link: http or https only"`
	UserID string `json:"id,omitempty" doc:"Whom a mention names"`
}

// MessageImage is a picture that a message shows.
type MessageImage struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	URL    string `json:"url"`
	Type   string `json:"type"`
	Size   int64  `json:"size" doc:"Bytes"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// Reaction is one emoji under a message.
type Reaction struct {
	Emoji string `json:"emoji"`
	Count int64  `json:"count"`
	Mine  bool   `json:"mine"`
}

// Messages is a page of messages, newest first.
type Messages struct {
	Total      int64     `json:"total"`
	Messages   []Message `json:"messages"`
	NextCursor string    `json:"nextCursor,omitempty"`
}

// MessageEvent is one event of a channel's stream.
type MessageEvent struct {
	ChannelID string        `json:"channelId"`
	Revision  int64         `json:"revision" doc:"To go on from with Last-Event-ID"`
	Messages  []Message     `json:"messages" doc:"New or changed ones, oldest first"`
	Typing    []MessageUser `json:"typing"`
	Online    int           `json:"online" doc:"Members with the channel open"`
}

// WordSettings are the rules for what may be written.
type WordSettings struct {
	Profanity ProfanityFilter `json:"profanity"`
	Banned    WordList        `json:"banned"`
	Alert     AlertList       `json:"alert"`
	MaxLength int             `json:"maxLength" minimum:"1" maximum:"4000" default:"4000" doc:"Longest message in characters"`
}

// ProfanityFilter keeps out the built-in list, less excluded, plus added words.
type ProfanityFilter struct {
	Enabled  bool     `json:"enabled"`
	Excluded []string `json:"excluded" maxItems:"1000"`
	Added    []string `json:"added" maxItems:"1000"`
	Warning  string   `json:"warning" maxLength:"300"`
	BuiltIn  []string `json:"builtIn,omitempty" doc:"The built-in list; ignored when sent"`
}

// WordList keeps out the community's own words.
type WordList struct {
	Words   []string `json:"words" maxItems:"1000"`
	Warning string   `json:"warning" maxLength:"300"`
}

// AlertList lets words through and tells of them in channels.
type AlertList struct {
	Words      []string `json:"words" maxItems:"1000"`
	ChannelIDs []string `json:"channelIds" maxItems:"20"`
}

// ModerationEntry is one line of the moderation log.
type ModerationEntry struct {
	ID        string `json:"_id"`
	Kind      string `json:"kind" enum:"edited,deleted,blocked"`
	MessageID string `json:"messageId"`
	ChannelID string `json:"channelId"`
	Author    string `json:"author" doc:"Username"`
	AuthorID  string `json:"authorId"`
	Actor     string `json:"actor"`
	Before    string `json:"before"`
	After     string `json:"after"`
	Reason    string `json:"reason"`
	CreatedAt Time   `json:"createdAt"`
}

// ModerationLog is a page of the log, newest first.
type ModerationLog struct {
	Entries    []ModerationEntry `json:"entries"`
	NextCursor string            `json:"nextCursor,omitempty"`
}
