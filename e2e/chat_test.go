package e2e_test

import (
	"testing"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testChat lets two people talk in the member area: one sends, the other sees
// it within a second and answers.
func testChat(t *testing.T, s site) {
	priya := s.as(t, s.Member, link.Channel(s.ChannelID), browser.Options{})
	admin := s.as(t, s.Admin, link.Channel(s.ChannelID), browser.Options{})
	for _, p := range []*browser.Page{priya, admin} {
		p.Find("[data-state]").WantText("2 here now") // both streams are open
	}
	admin.Eval(arrives, "Morning from the test <b>")
	write(priya, "Morning from the test <b>")
	sent := priya.Find(".msg").With("Morning from the test <b>")
	sent.WantVisible()
	t.Logf("the message came after %v ms", admin.Eval(`arrived`))
	seen := admin.Find(".msg").With("Morning from the test <b>")
	seen.Hover()
	seen.Find("[data-act=react]").Click()
	admin.Find("#talk-picker").Role("button", "fire").Click()
	sent.Find(".msg-react").WantContains("1")
	seen.Hover()
	seen.Find("[data-act=reply]").Click()
	admin.Find(".talk-answer").WantContains("Priya Banerjee")
	write(admin, "Well, good morning!")
	answer := priya.Find(".msg").With("Well, good morning!")
	answer.Find(".msg-quote").WantContains("Morning from the test <b>")
	write(priya, "what the fuck")
	priya.Find("[data-fault]").WantContains("not allowed here")
	priya.Find("#talk-message").WantValue("what the fuck")
	priya.Find("#talk-message").Fill("")
	priya.Find("#talk-message").Press("ArrowUp")
	priya.Find("#talk-message").WantValue("Morning from the test <b>")
	priya.Find("#talk-message").Fill("Good morning from the test")
	priya.Press("Enter")
	admin.Find(".msg-body").With("Good morning from the test").WantVisible()
	priya.WantAccessible()
	seen = admin.Find(".msg").With("edited").With("Good morning from the test")
	seen.Hover()
	seen.Find("[data-act=delete]").Click()
	admin.Find("#talk-reason").Fill("only a test")
	admin.Find("#talk-delete").Role("button", "Delete").Click()
	priya.Find(".msg-body").With("Good morning from the test").WantCount(0)
	t.Run("moderation", func(t *testing.T) { s.testModeration(t) })
	t.Run("phone", func(t *testing.T) { s.testChatPhone(t) })
}

// testModeration finds in the log what the conversation left there, deletes
// another message with a reason, and changes the words.
func (s site) testModeration(t *testing.T) {
	p := s.as(t, s.Admin, link.Moderation, browser.Options{})
	deleted := p.Find(".audit-row").With("Good morning from the test").With("only a test")
	deleted.WantContains("Deleted")
	p.Find(".audit-row").With("what the fuck").WantContains("Not let through")
	p.Label("What happened").Select("deleted")
	p.Role("button", "Filter").Click()
	p.Find(".audit-row").With("what the fuck").WantCount(0)

	p.Role("link", "Messages").Click()
	row := p.Find(".audit-row").With("Well, good morning!")
	row.Find("summary").Click()
	row.Find("[name=reason]").Fill("off topic")
	row.Role("button", "Delete message").Click()
	p.Find("#toasts").WantContains("The message is deleted")
	p.Find(".audit-row").With("Well, good morning!").WantCount(0)

	p.Role("link", "Words").Click()
	p.Find("[name=banned]").Fill("free signals")
	p.Find("[name=length]").Fill("9999")
	p.Eval(`document.querySelector("#words").noValidate = true`)
	p.Role("button", "Save").Click()
	p.Find("#words").WantContains("4000")
	p.Find("[name=banned]").WantValue("free signals") // nothing typed is lost
	p.Find("[name=length]").Fill("2000")
	p.Role("button", "Save").Click()
	p.Find("#toasts").WantContains("The words are saved")
	p.Find("[name=length]").WantValue("2000")
}

// arrives notes in "arrived" how long a text takes from now until it is shown.
const arrives = `(text) => {
	const start = performance.now();
	window.arrived = new Promise((done) => new MutationObserver((_, watch) => {
		if (!document.querySelector("[data-list]").textContent.includes(text)) return;
		watch.disconnect();
		done(performance.now() - start);
	}).observe(document.querySelector("[data-list]"), { childList: true, subtree: true }));
	return true;
}`

// write sends a message with the keyboard.
func write(p *browser.Page, text string) {
	p.Find("#talk-message").Fill(text)
	p.Find("#talk-message").Press("Enter")
}

// testChatPhone goes from the list to a conversation and back, and asks for
// older messages by scrolling up.
func (s site) testChatPhone(t *testing.T) {
	p := s.as(t, s.Member, link.Talk, browser.Options{Width: browser.Phone, Dark: true})
	p.Find(".talk-main").WantHidden()
	p.Find(".talk-rooms").Role("link", "general").Click()
	p.Find(".talk-side").WantHidden()
	p.Find(".msg").Nth(49).WantVisible()
	p.Eval(`document.querySelector("[data-older]").scrollIntoView()`)
	p.Find(".msg").Nth(99).WantVisible()
	p.Find(".talk-back-list").Click()
	p.WantURL("**" + link.Talk)
	wantNoOverflow(t, p, "channels")
}
