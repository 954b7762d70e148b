package member

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/handlers/web"
)

// always are the columns of every download, by the API's names.
func always() (names, heads []string) {
	return []string{"_id", "user_id", "username", "display_name", "email", "role"}, []string{"Id", "Number", "Username", "Name", "Email", "Team role"}
}

// Export downloads the members that the list's filter lets through, in the
// order of their numbers, with the list's columns. Private values are covered
// unless the address asks for them.
func Export(v *web.Visit) error {
	w, err := viewOf(v)
	if err != nil {
		return err
	}
	names, heads := always()
	columns := w.exported(names)
	for _, c := range columns {
		heads = append(heads, c.label)
	}
	in := api.UserFilter{Filter: w.filter(), Fields: append(slices.Clone(names), "is_deleted", "is_dummy", "email_verified")}
	for _, c := range columns {
		if c.name != "roles" {
			in.Fields = append(in.Fields, c.name)
		}
	}
	users, err := v.API.Users().Filter(v.Ctx(), in)
	if err != nil {
		return err
	}
	return v.Export("members-"+v.Now.Format(time.DateOnly), append(heads, "Status"), func(out web.CSV) error {
		for {
			for _, u := range users.Users {
				if err := exportRow(v, out, u, names, columns); err != nil {
					return err
				}
			}
			if users.NextCursor == "" {
				return nil
			}
			in.Cursor = users.NextCursor
			if users, err = v.API.Users().Filter(v.Ctx(), in); err != nil {
				return err
			}
		}
	})
}

// exported are the chosen columns that a download adds; ranks change while it
// runs and are left out.
func (w view) exported(names []string) []shownColumn {
	var out []shownColumn
	for _, name := range w.columns {
		if c, ok := w.known.shownColumn(name); ok && name != "rank" && !slices.Contains(names, name) {
			out = append(out, c)
		}
	}
	return out
}

func exportRow(v *web.Visit, out web.CSV, u map[string]any, names []string, columns []shownColumn) error {
	var row []any
	for _, name := range names {
		row = append(row, csvText(u[name]))
	}
	for _, c := range columns {
		text := csvText(u[c.name])
		switch {
		case c.name == "roles":
			roles, err := v.API.Roles().Of(v.Ctx(), csvText(u["_id"]))
			if err != nil {
				return err
			}
			text = roleTitles(roles)
		case c.isPrivate && text != "" && v.Query("private") == "":
			text = api.Masked
		}
		row = append(row, text)
	}
	out.Row(append(row, statusOf(u))...)
	return nil
}

func roleTitles(roles []api.CommunityRole) string {
	var titles []string
	for _, r := range roles {
		if !r.IsDefault {
			titles = append(titles, r.Title)
		}
	}
	return strings.Join(titles, ", ")
}

// csvText is a value of the API's JSON as a cell.
func csvText(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case []any:
		parts := make([]string, len(value))
		for i, one := range value {
			parts[i] = csvText(one)
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(value)
}

func statusOf(u map[string]any) string {
	switch {
	case u["is_deleted"] == true:
		return "deleted"
	case u["is_dummy"] == true:
		return "dummy"
	case u["email_verified"] == false:
		return "unverified"
	}
	return "active"
}
