package ui

// ButtonKind is how much a button asks for attention.
type ButtonKind string

// The kinds; the zero value is the outlined, secondary button.
const (
	ButtonPlain   ButtonKind = ""
	ButtonPrimary ButtonKind = "primary"
	ButtonQuiet   ButtonKind = "quiet"
	ButtonDanger  ButtonKind = "danger"
)

// ButtonProps describes a button or, with Href, a link that looks like one.
type ButtonProps struct {
	Label    string
	Icon     string // Lucide name, before the label
	IconOnly bool   // the label is then read out but not shown
	Kind     ButtonKind
	Small    bool
	Wide     bool // fills its row
	Href     string
	Type     string // submit when empty
	Name     string // with Value: what a submit sends
	Value    string
	Form     string // id of a form elsewhere on the page
	Action   string // formaction
	Opens    string // id of a dialog that it opens
	Closes   string // id of a dialog that it closes
	Menu     string // id of a popover that it shows
	Copies   string // id of the element whose text it copies
	Disabled bool
	Download bool
}

func (p ButtonProps) class() string {
	class := "btn"
	if p.Kind != ButtonPlain {
		class += " btn-" + string(p.Kind)
	}
	if p.Small {
		class += " btn-small"
	}
	if p.Wide {
		class += " btn-wide"
	}
	if p.IconOnly {
		class += " btn-icon"
	}
	return class
}

func (p ButtonProps) kind() string {
	if p.Opens != "" || p.Closes != "" || p.Menu != "" || p.Copies != "" {
		return "button"
	}
	if p.Type == "" {
		return "submit"
	}
	return p.Type
}

func (p ButtonProps) dialog() string {
	if p.Opens != "" {
		return p.Opens
	}
	return p.Closes
}

func (p ButtonProps) command() string {
	if p.Opens != "" {
		return "show-modal"
	}
	return "close"
}
