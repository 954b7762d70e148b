package member

import (
	"net/url"
	"strconv"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/handlers/web"
)

// segmentOf is what the page says about the segment that it shows.
func segmentOf(w view) page.SegmentForm {
	f := page.SegmentForm{State: w.state()}
	if w.segment != nil {
		f.ID, f.Name, f.IsEdited = w.segment.ID, w.segment.Name, w.isEdited
	}
	f.CanSave = w.foreign == nil && (w.isFiltered() || w.isEdited || !isUsual(w.columns))
	return f
}

func (w view) saved(name string) api.NewSegment {
	return api.NewSegment{Name: name, Filter: w.filter(), Columns: w.columns, Sort: w.sort}
}

func segmentLink(id string) string { return link.Members + "?" + url.Values{"segment": {id}}.Encode() }

// CreateSegment saves the list's filter, columns and order under a name.
func CreateSegment(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	w, err := viewOf(v)
	if err != nil {
		return err
	}
	made, err := v.API.Segments(v.Community.ID).Create(v.Once(f), w.saved(f.Text("name")))
	if err == nil {
		v.Done("The segment " + strconv.Quote(made.Name) + " is saved.")
		return v.Go(segmentLink(made.ID))
	}
	return segmentAgain(v, f, err, "save-segment")
}

// UpdateSegment saves what was changed of a segment, or its name.
func UpdateSegment(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	w, err := viewOf(v)
	if err != nil {
		return err
	}
	if w.segment == nil || w.segment.ID != v.Param("id") {
		return api.NewError(api.NotFound, "segment_not_found", "No segment has that id.")
	}
	name := f.Text("name")
	if !f.Values.Has("name") {
		name = w.segment.Name
	}
	made, err := v.API.Segments(v.Community.ID).Update(v.Ctx(), w.segment.ID, w.saved(name))
	if err == nil {
		v.Done("The segment " + strconv.Quote(made.Name) + " is saved.")
		return v.Go(segmentLink(made.ID))
	}
	return segmentAgain(v, f, err, "rename-segment")
}

func segmentAgain(v *web.Visit, f *web.Form, err error, dialog string) error {
	if !f.Take(err, nil) {
		return err
	}
	if f.Fault != "" {
		f.Refuse("name", f.Fault)
	}
	why := f.Errors["name"]
	for _, other := range f.Errors { // a filter that the API refuses
		if why == "" {
			why = other
		}
	}
	return list(v, f.Status(err), func(p *page.ListProps) {
		p.Segment.Open, p.Segment.Typed, p.Segment.Error = dialog, f.Text("name"), why
	})
}

// DeleteSegment removes a saved filter; its members stay.
func DeleteSegment(v *web.Visit) error {
	err := v.API.Segments(v.Community.ID).Delete(v.Ctx(), v.Param("id"))
	if err != nil && !api.IsKind(err, api.NotFound) { // gone already is as good
		return err
	}
	v.Done("The segment is deleted. Its members stay as they are.")
	return v.Go(link.Members)
}
