package message

import (
	"laurel/api"
	"laurel/engine/rest"
)

const tag = "Messaging"

// Routes registers the noun's operations. Gate must be set.
func (s *Service) Routes() {
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/messages", ID: "get-messages", Tag: tag, Access: rest.ForMembers,
		Summary: "Messages, newest first", Description: "Of one channel, or of all that the caller sees. A member in person sees the channels that his roles open.",
		Permission: api.PermGetMessages, Message: "messages fetched successfully"}, s.list)
	send := rest.Op{Method: "POST", Path: "/v1/messages/send", ID: "send-message", Tag: tag, Access: rest.ForMembers,
		Summary: "Send a message", Description: "With a community key as the named sender; in person as oneself, as far as the channel's permissions go. " +
			"Inside a rule's cooldown the message is sent all the same, only its reward is withheld.",
		Permission: api.PermSendMessage, Message: "Message send successfully"}
	rest.Integration(s.k, send, s.send)
	send.Path, send.ID, send.Summary = "/v1/messages", "send-message-short", "Send a message (older address)"
	rest.Integration(s.k, send, s.send)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/messages/reply", ID: "reply-message", Tag: tag, Access: rest.ForMembers,
		Summary: "Answer a message in its thread", Permission: api.PermReplyMessage, Message: "Message reply successfully"}, s.reply)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/messages/react", ID: "react-message", Tag: tag, Access: rest.ForMembers,
		Summary: "Add a reaction", Permission: api.PermReactMessage, Message: "Reaction added successfully"}, s.react)
	rest.Plain(s.k, rest.Op{Method: "POST", Path: "/v1/messages/upload-image", ID: "upload-message-image", Tag: tag, Access: rest.ForMembers,
		Summary: "Upload pictures for messages", Permission: api.PermUploadImage, MaxBody: maxFiles*maxImage + 1<<20}, s.upload)
	delete(s.k.OpenAPI().Components.Schemas.Map(), "FormFile") // huma's own, which nothing refers to
	s.readRoutes()
	s.changeRoutes()
	s.moderationRoutes()
}

func (s *Service) readRoutes() {
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/messages/search", ID: "search-messages", Tag: tag, Access: rest.ForMembers,
		Summary: "Find messages by their words", Permission: api.PermGetMessages, Message: "Search messages success."}, s.search)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/messages/{id}", ID: "get-message", Tag: tag, Access: rest.ForMembers,
		Summary: "One message", Permission: api.PermGetMessages, Message: "Read message success."}, s.get)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/messages/{id}/thread", ID: "get-thread", Tag: tag, Access: rest.ForMembers,
		Summary: "The replies of a message's thread, newest first", Permission: api.PermGetMessages, Message: "Read thread success."}, s.thread)
	s.k.Handle(rest.Op{Method: "GET", Path: "/v1/channels/{channelId}/messages/stream", ID: "stream-messages", Tag: tag, Access: rest.ForMembers,
		Summary: "Server-sent events of a channel's messages", Permission: api.PermGetMessages}, s.stream)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/channels/{channelId}/typing", ID: "type-message", Tag: tag, Access: rest.ForPersons,
		Summary: "Say that I am writing", Permission: api.PermSendMessages, Message: "Typing noted."}, s.typing)
	s.k.Handle(rest.Op{Method: "GET", Path: "/v1/media/{owner}/{file}", ID: "get-message-image", Tag: tag, Access: rest.ForAnyone,
		Summary: "A picture of a message"}, s.image)
}

func (s *Service) changeRoutes() {
	rest.Integration(s.k, rest.Op{Method: "PATCH", Path: "/v1/messages/{id}", ID: "edit-message", Tag: tag, Access: rest.ForMembers,
		Summary: "Edit a message", Permission: api.PermSendMessage, Message: "Message edited successfully"}, s.edit)
	rest.Integration(s.k, rest.Op{Method: "DELETE", Path: "/v1/messages/{id}", ID: "delete-message", Tag: tag, Access: rest.ForMembers,
		Summary: "Delete a message", Permission: api.PermSendMessage, Message: "Message deleted successfully"}, s.remove)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: "/v1/messages/{id}/pin", ID: "pin-message", Tag: tag, Access: rest.ForMembers,
		Summary: "Pin a message, or unpin it", Permission: api.PermSendMessage, Message: "Message pinned successfully"}, s.pin)
	rest.Integration(s.k, rest.Op{Method: "DELETE", Path: "/v1/messages/{id}/react", ID: "unreact-message", Tag: tag, Access: rest.ForMembers,
		Summary: "Take a reaction back", Permission: api.PermReactMessage, Message: "Reaction removed successfully"}, s.unreact)
}

func (s *Service) moderationRoutes() {
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/moderation/words", ID: "get-moderation-words", Tag: tag,
		Summary: "Rules for what may be written", Permission: api.PermAdminister, Message: "Read moderation words success."}, s.words)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: "/v1/moderation/words", ID: "set-moderation-words", Tag: tag,
		Summary: "Replace the rules for what may be written", Permission: api.PermAdminister, Message: "Update moderation words success."}, s.setWords)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/moderation/messages", ID: "list-moderation-log", Tag: tag,
		Summary: "What was edited, deleted or not let through", Permission: api.PermAdminister, Message: "Read moderation log success."}, s.log)
}
