package ui

import (
	"strconv"
	"strings"
)

// StatProps is one headline figure with its change, its curve and a way in.
type StatProps struct {
	Label  string
	Value  string
	Change string // "+6.4 %"
	Tone   Tone   // of the change
	Note   string // the period or the whole it is part of
	Href   string
	Spark  []float64 // oldest first; fewer than two draw nothing
}

// SparkPoints lays values out for an SVG polyline of the given size, 4 units
// of air above and below; a flat series runs through the middle.
func SparkPoints(values []float64, width, height float64) string {
	if len(values) < 2 {
		return ""
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	var b strings.Builder
	for i, v := range values {
		y := height / 2
		if high > low {
			y = 4 + (high-v)/(high-low)*(height-8)
		}
		x := float64(i) * width / float64(len(values)-1)
		b.WriteString(strconv.FormatFloat(x, 'f', 1, 64) + "," + strconv.FormatFloat(y, 'f', 1, 64) + " ")
	}
	return strings.TrimSuffix(b.String(), " ")
}
