package demo

import (
	"encoding/json"
	"os"
)

// Account is a person of the demo who can sign in.
type Account struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	Email    string `json:"email"`
	ID       string `json:"id"`
}

// Credentials are everything needed to try the demo as each kind of user.
type Credentials struct {
	URL             string  `json:"url"`
	HostURL         string  `json:"hostUrl"`
	CommunityID     string  `json:"communityId"`
	CommunitySlug   string  `json:"communitySlug"`
	SystemKey       string  `json:"systemKey"`
	CommunityKey    string  `json:"communityKey"`
	UserKey         string  `json:"userKey"`
	AccessID        string  `json:"accessId"`
	AccessKey       string  `json:"accessKey"`
	SecureAuthKey   string  `json:"secureAuthKey"`
	WidgetAPIKey    string  `json:"widgetApiKey"`
	Owner           Account `json:"owner"`
	Admin           Account `json:"admin"`
	Member          Account `json:"member"`
	LeaderboardID   string  `json:"leaderboardId"`
	LeaderboardSlug string  `json:"leaderboardSlug"`
	ChannelID       string  `json:"channelId"`
	ForumChannelID  string  `json:"forumChannelId"`
	WidgetID        string  `json:"widgetId"`
	PublicWidgetID  string  `json:"publicWidgetId"`
}

// Save writes the credentials as JSON, readable by this user only. The file
// appears whole or not at all.
func (c Credentials) Save(path string) error {
	raw, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Load reads credentials that an earlier start saved.
func Load(path string) (Credentials, error) {
	var c Credentials
	raw, err := os.ReadFile(path)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(raw, &c)
}
