// Package gallery is the one list of named states of all components. Three read
// it: the development page /_gallery, the golden tests beside the components,
// and the browser run that checks accessibility and takes pictures.
package gallery

//go:generate go -C ../.. tool templ generate

import "github.com/a-h/templ"

// State is a component in one situation. Group is the component's folder below
// components ("ui", "page/member"); Name is unique in it and made of lower-case
// words and slashes ("badge/with-dot").
type State struct {
	Group     string
	Name      string
	Whole     bool // a whole document; else a piece to be put into one
	Component templ.Component
}

// All lists every state, grouped and in a fixed order.
func All() []State {
	var list []State
	for _, part := range [][]State{
		uiStates(), formStates(), signinStates(), faultStates(), overviewStates(),
		memberStates(), userFieldStates(), boardStates(), gamificationStates(), keyStates(), embedStates(),
		roleStates(), channelStates(), moderationStates(), joiningStates(), referralStates(), friendStates(), storeStates(), journeyStates(), streakStates(), wheelStates(), auditStates(), mailStates(), settingStates(), meStates(), chatStates(), emblemStates(), badgeStates(), ownBadgeStates(), purchaseStates(), communityStates(), widgetStates(),
	} {
		list = append(list, part...)
	}
	return list
}

// Group lists the states of one folder.
func Group(name string) []State {
	var list []State
	for _, s := range All() {
		if s.Group == name {
			list = append(list, s)
		}
	}
	return list
}

func piece(group, name string, c templ.Component) State {
	return State{Group: group, Name: name, Component: c}
}

func whole(group, name string, c templ.Component) State {
	return State{Group: group, Name: name, Whole: true, Component: c}
}
