package gallery

import (
	"laurel/components/page/fault"
	"laurel/components/page/signin"
)

func signinStates() []State {
	const g = "page/signin"
	return []State{
		whole(g, "sign-in", signin.SignIn(signin.SignInProps{AuthProps: auth("Sign in"), Register: true})),
		whole(g, "sign-in-refused", signin.SignIn(signin.SignInProps{AuthProps: auth("Sign in"), Login: hostile, Next: "/ranks", Error: "That email or username and that password do not belong together."})),
		whole(g, "register-policies", signin.Register(signin.RegisterProps{AuthProps: auth("Register"), Invite: "CODE",
			Asked:    []signin.Asked{{Name: "firstname", Label: "First name", Autocomplete: "given-name"}},
			Policies: []signin.Policy{{Name: "policy-1", Title: "House rules", Paragraphs: []string{"Be kind.", "No spam."}}}})),
		whole(g, "register", signin.Register(signin.RegisterProps{AuthProps: auth("Register"), Email: "mei@example.com", Errors: map[string]string{"username": "Somebody has that name."}})),
		whole(g, "verify", signin.Verify(signin.VerifyProps{AuthProps: auth("Verify"), Token: "t"})),
		whole(g, "verify-sent", signin.Verify(signin.VerifyProps{AuthProps: auth("Verify"), Sent: true, Email: hostile})),
		whole(g, "verify-done", signin.Verify(signin.VerifyProps{AuthProps: auth("Verify"), Done: true})),
		whole(g, "verify-old", signin.Verify(signin.VerifyProps{AuthProps: auth("Verify"), Error: "The link is older than 24 hours."})),
		whole(g, "forgot", signin.Forgot(signin.ForgotProps{AuthProps: auth("Forgot")})),
		whole(g, "forgot-sent", signin.Forgot(signin.ForgotProps{AuthProps: auth("Forgot"), Sent: true})),
		whole(g, "reset", signin.Reset(signin.ResetProps{AuthProps: auth("Reset"), Token: "t", PasswordError: "That is one of the most common passwords."})),
		whole(g, "continue", signin.Continue(signin.ContinueProps{AuthProps: auth("Continue"), Session: "s", Name: "Priya Bhatt", Note: "priya@example.com"})),
		whole(g, "continue-used", signin.Continue(signin.ContinueProps{AuthProps: auth("Continue"), Error: "It was used already, or a minute has passed."})),
	}
}

func faultStates() []State {
	const g = "page/fault"
	return []State{
		whole(g, "not-found", fault.Page(fault.Props{AuthProps: auth("Not found"), Status: 404})),
		whole(g, "forbidden", fault.Page(fault.Props{AuthProps: auth("Forbidden"), Status: 403, Grants: "an owner of Northwind Traders", Back: "/home"})),
		whole(g, "internal", fault.Page(fault.Props{AuthProps: auth("Error"), RequestID: "01JD6Z3V8Q"})),
		whole(g, "too-many", fault.Page(fault.Props{AuthProps: auth("Slow down"), Status: 429, Message: "Try again in 12 seconds."})),
	}
}
