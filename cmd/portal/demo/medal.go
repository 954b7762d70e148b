package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"
)

// side is the width of a drawn badge, in pixels.
const side = 256

// medal is how a badge of the demo looks: a body in a hue with a white sign.
type medal struct {
	body, sign func(*pen)
	hue        float64 // degrees
}

// draw gives the medal for light and for dark surroundings.
func (m medal) draw() (light, dark []byte, err error) {
	if light, err = m.paint(.42, .58); err == nil {
		dark, err = m.paint(.56, .72)
	}
	return light, dark, err
}

// paint draws the medal from a deep tone at its foot to a bright one.
func (m medal) paint(deep, bright float64) ([]byte, error) {
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	layer := func(shape func(*pen), scale, dy float64, fill image.Image) {
		p := &pen{r: vector.NewRasterizer(side, side), scale: scale * side / 2, x: side / 2, y: side/2 + dy}
		shape(p)
		p.r.Draw(img, img.Bounds(), fill, image.Point{})
	}
	layer(m.body, .96, 0, ramp(m.hue, deep*.8, deep*.62))
	layer(m.body, .96, -7, ramp(m.hue, bright*1.12, deep))
	layer(m.body, .80, -7, ramp(m.hue, bright, deep*.86))
	layer(m.sign, .44, -1, image.NewUniform(color.NRGBA{0, 0, 0, 56}))
	layer(m.sign, .44, -7, image.NewUniform(color.NRGBA{255, 255, 255, 255}))
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return out.Bytes(), err
}

// ramp runs from a lightness at the top to another below.
func ramp(hue, top, foot float64) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		c := tone(hue, .62, top+(foot-top)*float64(y)/side)
		draw.Draw(img, image.Rect(0, y, side, y+1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return img
}

// tone is a colour by hue, saturation and lightness.
func tone(hue, saturation, lightness float64) color.NRGBA {
	lightness = min(lightness, .94)
	a := saturation * min(lightness, 1-lightness)
	part := func(n float64) uint8 {
		k := math.Mod(n+hue/30, 12)
		return uint8(255 * (lightness - a*max(-1, min(k-3, 9-k, 1))))
	}
	return color.NRGBA{part(0), part(8), part(4), 255}
}

// pen draws in units: the middle is 0, the edges are 1 away.
type pen struct {
	r           *vector.Rasterizer
	scale, x, y float64
}

func (p *pen) at(x, y float64) (float32, float32) {
	return float32(p.x + x*p.scale), float32(p.y + y*p.scale)
}

// poly fills a closed line through points.
func (p *pen) poly(points ...[2]float64) {
	for i, q := range points {
		x, y := p.at(q[0], q[1])
		if i == 0 {
			p.r.MoveTo(x, y)
		} else {
			p.r.LineTo(x, y)
		}
	}
	p.r.ClosePath()
}

// ring fills what a radius by angle encloses, in small steps.
func (p *pen) ring(cx, cy float64, radius func(angle float64) float64) {
	points := make([][2]float64, 180)
	for i := range points {
		a := float64(i) * math.Pi / 90
		points[i] = [2]float64{cx + radius(a)*math.Sin(a), cy - radius(a)*math.Cos(a)}
	}
	p.poly(points...)
}

func (p *pen) disc(cx, cy, r float64) { p.ring(cx, cy, func(float64) float64 { return r }) }

// curve fills a closed path of cubic curves: a start, then two handles and an
// end for each.
func (p *pen) curve(start [2]float64, parts ...[6]float64) {
	p.r.MoveTo(p.at(start[0], start[1]))
	for _, c := range parts {
		x1, y1 := p.at(c[0], c[1])
		x2, y2 := p.at(c[2], c[3])
		x, y := p.at(c[4], c[5])
		p.r.CubeTo(x1, y1, x2, y2, x, y)
	}
	p.r.ClosePath()
}
