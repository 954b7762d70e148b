package member

import (
	"encoding/json"
	"net/url"
	"strings"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// view is what the list shows: the state that its address holds.
type view struct {
	known      known
	search     string
	status     string
	conditions []condition
	columns    []string
	sort       string
	segment    *api.Segment
	isEdited   bool           // differs from the segment that it began with
	foreign    map[string]any // the segment's filter when this page has no words for it
	at         string         // cursor
	limit      int
}

// viewOf reads the address. A segment brings its own filter, columns and sort
// until the address says that they were edited.
func viewOf(v *web.Visit) (view, error) {
	k, err := learn(v)
	if err != nil {
		return view{}, err
	}
	w := view{known: k, limit: v.Paging().Limit, at: v.Query("at"), isEdited: v.Query("edited") != "", sort: sortOf(v.Query("sort"))}
	for i, s := range k.segments {
		if s.ID == v.Query("segment") {
			w.segment = &k.segments[i]
		}
	}
	if w.segment == nil || w.isEdited {
		w.search, w.status, w.conditions = v.Query("search"), v.Query("status"), typed(v, k)
		w.columns = k.shown(v.Request().URL.Query()["col"])
		return w, nil
	}
	var ok bool
	if w.search, w.status, w.conditions, ok = read(k, w.segment.Filter); !ok {
		w.foreign = w.segment.Filter
	}
	w.columns = k.shown(w.segment.Columns)
	if w.sort == "" {
		w.sort = sortOf(w.segment.Sort)
	}
	return w, nil
}

// sortOf lets known sorts through: a column's name in the API and a direction.
func sortOf(text string) string {
	name, direction, _ := strings.Cut(text, ":")
	switch name {
	case "createdAt", "username", "displayName", "xp", "coins", "premium", "lastSeen":
		if direction == "asc" || direction == "desc" {
			return text
		}
	}
	return ""
}

func (w view) filter() map[string]any {
	if w.foreign != nil {
		return w.foreign
	}
	return filterOf(w.known, w.search, w.status, w.conditions)
}

// state is the view in the words of the address, without the place in it.
func (w view) state() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if w.segment != nil {
		set("segment", w.segment.ID)
	}
	if w.limit != 25 {
		q.Set("limit", map[int]string{50: "50", 100: "100"}[w.limit])
	}
	set("sort", w.sort)
	if w.segment != nil && !w.isEdited {
		return q
	}
	if w.segment != nil {
		q.Set("edited", "1")
	}
	set("search", w.search)
	set("status", w.status)
	for _, c := range w.conditions {
		q.Add("c", c.column)
		q.Add("o", c.op)
		q.Add("v", c.value)
	}
	if !isUsual(w.columns) {
		q["col"] = w.columns
	}
	return q
}

// href is the list's address with changed words.
func (w view) href(change func(q url.Values)) string { return address(link.Members, w.state(), change) }

// place adds where in the list the view is.
func (w view) place(q url.Values) {
	if w.at != "" {
		q.Set("at", w.at)
	}
}

func address(path string, q url.Values, change func(q url.Values)) string {
	if change != nil {
		change(q)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// without is the address of the list without one of its conditions.
func (w view) without(at int) string {
	rest := w
	rest.conditions = append(append([]condition{}, w.conditions[:at]...), w.conditions[at+1:]...)
	rest.isEdited = w.segment != nil
	return rest.href(nil)
}

// isFiltered reports whether anybody may be left out.
func (w view) isFiltered() bool {
	return w.search != "" || w.status != "" || len(w.conditions) > 0 || w.foreign != nil
}

// query asks the API for the page.
func (w view) query() (apiclient.UserQuery, error) {
	raw, err := json.Marshal(w.filter())
	q := apiclient.UserQuery{Paging: apiclient.Paging{Limit: w.limit}, Sort: w.sort, Filter: string(raw), Cursor: w.at}
	return q, err
}

// sortHref is where a column's head leads: points from the top first, names
// from the first letter, and the other way round when it is chosen already.
func (w view) sortHref(field string) (string, ui.SortDir) {
	next, dir := field+":desc", ui.Unsorted
	if field == "displayName" || field == "username" {
		next = field + ":asc"
	}
	switch w.sort {
	case field + ":asc":
		next, dir = field+":desc", ui.Ascending
	case field + ":desc":
		next, dir = field+":asc", ui.Descending
	}
	return w.href(func(q url.Values) { q.Set("sort", next) }), dir
}
