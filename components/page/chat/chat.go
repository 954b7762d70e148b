// Package chat holds the pages on which members talk: the channels beside the
// conversation in one of them. On a phone each is a screen of its own.
package chat

import (
	"laurel/api"
	"laurel/components/layout"
	"laurel/components/ui"
)

// Props is the chat: the channels, and what is open beside them.
type Props struct {
	layout.MemberProps
	Groups []Group       // channels by category
	Closed []Room        // private channels that the member may ask to enter
	Talk   *Conversation // the open channel
	Ask    *Ask          // or the private one that the member stands before
	Page   *Framed       // or the page that the channel shows
	Found  Found         // or what was found in all channels, or is new in them
}

// Group is a category with its channels.
type Group struct {
	Name  string // empty for channels without one
	Rooms []Room
}

// Room is a channel in a list.
type Room struct {
	Name    string
	Href    string
	Icon    string
	Unread  int64
	Muted   bool
	Current bool
	Note    string // of a closed one: what became of the wish to enter
}

// Found are messages of several channels, newest first.
type Found struct {
	Query    string // empty: simply the newest ones
	Messages []Message
	Older    string
}

// Framed is a channel that shows a page of somebody else.
type Framed struct {
	Name, Text, Href, Host string
}

// Ask is a private channel seen from outside.
type Ask struct {
	Name, Text string
	Path       string
	State      string // requested, refused; empty when not asked yet
	Reason     string // of a refusal
	When       ui.Moment
	Note       string // as typed
	Fault      string
}

// Conversation is one channel, a topic of it, a thread, or what was searched in it.
type Conversation struct {
	Name, Text string
	Icon       string
	Title      string // of the topic, "Thread", "Pinned"; empty for the channel itself
	Path       string // of the channel
	Back       string // where a part of the channel leads back to
	Query      string
	Muted      bool
	Archived   bool
	Private    string // who reads what is written here, when not everybody
	Stream     string // address of the live stream; empty where nothing changes
	Older      string // address of the messages before; empty at the beginning
	Newest     string // address of the newest messages, on an older page
	Messages   []Message
	Forum      *Forum   // the topics, instead of messages
	Compose    *Compose // nil when nothing can be written here
	Silent     string   // why not
	Delete     *Delete
}

// Forum is a channel's list of topics, with the form for a new one.
type Forum struct {
	Path   string
	Topics []Topic
	Write  bool
	Title  string // as typed
	Draft  string
	Fault  string
}

// Topic is one thread of a forum.
type Topic struct {
	Title    string
	Href     string
	Messages int64
	Last     string // who wrote last
	When     ui.Moment
	Closed   bool
}

// Delete asks before a message is removed.
type Delete struct {
	Path string
	ID   string // of the message; a script fills it in
	Text string // its beginning
	Open bool
}

// Compose is the form in which a message is written.
type Compose struct {
	Path   string
	Name   string // of the channel
	Topic  string // id
	Thread string // id of the message whose thread is open
	Reply  string // id of the message that is answered
	To     string // whom
	Edit   string // id of the message that is changed
	Cancel string // address without the answer or the change
	Draft  string
	Slow   string // "one message every 30 s"; empty without slow mode
	Fault  string
	Ready  bool // the cursor stands in it
	Images bool
}

// Message is one message as a member sees it.
type Message struct {
	ID, Key   string
	Number    int64
	Author    string // id
	Username  string
	Name      string
	Image     string
	When      ui.Moment // its text is the time of the day
	Day       string    // 2026-11-26
	DayName   string    // shown above when the day begins here
	Unread    bool      // the first that was not read
	Joined    bool      // goes on what its author has just said
	Quote     *Quote
	Parts     []api.MessagePart
	Images    []api.MessageImage
	Reactions []api.Reaction
	Edited    bool
	Pinned    bool
	Alert     bool
	Mine      bool
	Calls     bool // mentions the reader
	Gone      bool // was deleted: only scripts are told so
	Replies   int64
	Channel   string // named in results
	Where     string // address of it in its conversation, in results
	Act       string // where acts post to; empty where there are none
	Picker    bool   // the emoji are shown
	Acts      []Act
	Thread    string // address of its thread
}

// Quote is what a reply answers.
type Quote struct {
	Name, Text, Href string
}

// Act is something that a reader can do with a message.
type Act struct {
	Name  string // react, reply, edit, pin, delete, member
	Label string
	Icon  string
	Href  string // for pin: what is posted, 1 or 0
}
