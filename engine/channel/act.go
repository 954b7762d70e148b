package channel

import "laurel/api"

// Act is what a member does in a channel.
type Act string

// The acts. Each needs to see the channel first.
const (
	ActSee             Act = "see the channel"
	ActView            Act = "read messages"
	ActHear            Act = "read what others whisper" // whisper and direct channels: else a member reads what he wrote and what answers him
	ActPost            Act = "post messages"            // also replies, and topics of a forum
	ActAttach          Act = "attach files"
	ActMention         Act = "mention others"
	ActShareLink       Act = "share links"
	ActShareAttachment Act = "share attachments"
	ActReact           Act = "react to messages"
	ActPin             Act = "pin messages"
	ActDeleteOwn       Act = "delete own messages"
	ActEditOwn         Act = "edit own messages"
	ActManageMessages  Act = "manage messages" // edit and delete those of others, close topics
	ActAnalyse         Act = "post an analysis"
)

// Acts lists every act.
func Acts() []Act {
	return []Act{ActSee, ActView, ActHear, ActPost, ActAttach, ActMention, ActShareLink, ActShareAttachment,
		ActReact, ActPin, ActDeleteOwn, ActEditOwn, ActManageMessages, ActAnalyse}
}

// needs are the rights of a role that an act takes.
func (a Act) needs() api.Right {
	switch a {
	case ActView, ActHear, ActReact:
		return api.RightViewHistory
	case ActPost, ActEditOwn:
		return api.RightPost
	case ActAttach:
		return api.RightPost | api.RightAttach
	case ActMention:
		return api.RightPost | api.RightMention
	case ActShareLink:
		return api.RightPost | api.RightShareLinks
	case ActShareAttachment:
		return api.RightPost | api.RightShareAttachments
	case ActPin:
		return api.RightPin
	case ActDeleteOwn:
		return api.RightDeleteMessages
	case ActManageMessages:
		return api.RightManageMessages
	case ActAnalyse:
		return api.RightPostAnalysis
	}
	return 0
}

// reads reports whether the act changes nothing.
func (a Act) reads() bool { return a == ActSee || a == ActView || a == ActHear }

// speaks reports whether the act puts something of the member's own before others.
func (a Act) speaks() bool {
	switch a {
	case ActPost, ActAttach, ActMention, ActShareLink, ActShareAttachment, ActAnalyse:
		return true
	}
	return false
}
