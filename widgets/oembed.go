package widgets

import (
	"fmt"
	"html"
)

// OEmbed is an answer of type "rich" of the oEmbed format, version 1.0
// (https://oembed.com), for a public widget.
type OEmbed struct {
	Type         string `json:"type" xml:"type"`
	Version      string `json:"version" xml:"version"`
	Title        string `json:"title,omitempty" xml:"title,omitempty"`
	ProviderName string `json:"provider_name,omitempty" xml:"provider_name,omitempty"`
	ProviderURL  string `json:"provider_url,omitempty" xml:"provider_url,omitempty"`
	CacheAge     int    `json:"cache_age,omitempty" xml:"cache_age,omitempty"` // seconds
	HTML         string `json:"html" xml:"html"`
	Width        int    `json:"width" xml:"width"`   // CSS pixels
	Height       int    `json:"height" xml:"height"` // CSS pixels
}

// OEmbedInput is what an oEmbed answer is made of.
type OEmbedInput struct {
	BaseURL   string // public address of this deployment, without a slash at the end
	Provider  string // name of the community
	Title     string // name of the widget
	Kind      Kind
	WidgetID  string
	MaxWidth  int // CSS pixels the consumer has; 0 when it did not say
	MaxHeight int
}

// The size of the frame when the consumer sets no limit, in CSS pixels.
const oEmbedWidth = 560

// NewOEmbed builds the oEmbed answer for a public widget: a lazily loaded frame
// no larger than the consumer allows.
func NewOEmbed(in OEmbedInput) OEmbed {
	width := smaller(oEmbedWidth, in.MaxWidth)
	height := smaller(in.Kind.DefaultHeight, in.MaxHeight)
	return OEmbed{
		Type: "rich", Version: "1.0", Title: in.Title, CacheAge: 3600,
		ProviderName: in.Provider, ProviderURL: in.BaseURL,
		HTML: frameHTML(in, width, height), Width: width, Height: height,
	}
}

func frameHTML(in OEmbedInput, width, height int) string {
	return fmt.Sprintf(`<iframe src="%s" title="%s" width="%d" height="%d" loading="lazy" frameborder="0"></iframe>`,
		html.EscapeString(in.BaseURL+in.Kind.PagePath(in.WidgetID)), html.EscapeString(in.Title), width, height)
}

func smaller(size, limit int) int {
	if limit > 0 && limit < size {
		return limit
	}
	return size
}
