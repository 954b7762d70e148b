package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
)

// The bodies of medals.

func round(p *pen) { p.disc(0, 0, .94) }

// hexagon has soft corners: it lies between a hexagon and a circle.
func hexagon(p *pen) {
	p.ring(0, 0, func(a float64) float64 {
		edge := .84 / math.Cos(math.Mod(a+math.Pi/6, math.Pi/3)-math.Pi/6)
		return .86*edge + .14*.9
	})
}

// burst has twelve soft points.
func burst(p *pen) {
	p.ring(0, 0, func(a float64) float64 { return .89 + .055*math.Cos(12*a) })
}

func shield(p *pen) {
	p.curve([2]float64{0, -.95}, [6]float64{.3, -.78, .55, -.74, .82, -.74}, [6]float64{.86, .1, .62, .7, 0, .97},
		[6]float64{-.62, .7, -.86, .1, -.82, -.74}, [6]float64{-.55, -.74, -.3, -.78, 0, -.95})
}

// The signs on them.

func bubble(p *pen) {
	p.curve([2]float64{-.55, -.8}, [6]float64{-.2, -.86, .2, -.86, .55, -.8}, [6]float64{.95, -.72, 1, -.4, 1, -.1}, [6]float64{1, .25, .9, .5, .55, .56},
		[6]float64{.3, .6, .1, .6, 0, .6}, [6]float64{-.15, .75, -.35, .9, -.6, .98}, [6]float64{-.55, .8, -.55, .7, -.55, .56},
		[6]float64{-.9, .5, -1, .25, -1, -.1}, [6]float64{-1, -.4, -.95, -.72, -.55, -.8})
}

func check(p *pen) {
	p.poly([2]float64{-.95, .02}, [2]float64{-.62, -.3}, [2]float64{-.25, .08}, [2]float64{.62, -.78}, [2]float64{.95, -.45}, [2]float64{-.25, .76})
}

func heart(p *pen) {
	p.curve([2]float64{0, .9}, [6]float64{-.5, .5, -1, .2, -1, -.3}, [6]float64{-1, -.95, -.25, -1.05, 0, -.45},
		[6]float64{.25, -1.05, 1, -.95, 1, -.3}, [6]float64{1, .2, .5, .5, 0, .9})
}

func flame(p *pen) {
	p.curve([2]float64{.1, -1}, [6]float64{.2, -.55, .75, -.3, .75, .28}, [6]float64{.75, .75, .4, 1, 0, 1}, [6]float64{-.45, 1, -.75, .7, -.75, .3},
		[6]float64{-.75, 0, -.6, -.2, -.45, -.38}, [6]float64{-.4, -.15, -.3, -.02, -.15, .02}, [6]float64{-.25, -.35, -.15, -.75, .1, -1})
}

func peak(p *pen) {
	p.poly([2]float64{-1, .75}, [2]float64{-.25, -.75}, [2]float64{.12, 0}, [2]float64{.4, -.35}, [2]float64{1, .75})
}

func gem(p *pen) {
	p.poly([2]float64{-.55, -.75}, [2]float64{.55, -.75}, [2]float64{.98, -.2}, [2]float64{0, .92}, [2]float64{-.98, -.2})
}

func trend(p *pen) {
	p.poly([2]float64{-1, .5}, [2]float64{-.4, -.12}, [2]float64{0, .22}, [2]float64{.52, -.36}, [2]float64{.28, -.58}, [2]float64{1, -.72},
		[2]float64{.9, .02}, [2]float64{.7, -.18}, [2]float64{.02, .62}, [2]float64{-.38, .28}, [2]float64{-.82, .74})
}

func pair(p *pen) {
	p.disc(-.4, -.45, .34)
	p.disc(.48, -.36, .28)
	p.curve([2]float64{-1, .75}, [6]float64{-1, .2, -.75, 0, -.4, 0}, [6]float64{-.05, 0, .16, .2, .16, .75})
	p.curve([2]float64{.3, .75}, [6]float64{.3, .45, .26, .25, .2, .1}, [6]float64{.6, -.06, 1, .1, 1, .75})
}

func star(p *pen) {
	points := make([][2]float64, 10)
	for i := range points {
		r, a := []float64{1, .45}[i%2], float64(i)*math.Pi/5
		points[i] = [2]float64{r * math.Sin(a), -r * math.Cos(a)}
	}
	p.poly(points...)
}

func crown(p *pen) {
	p.poly([2]float64{-.8, .7}, [2]float64{-1, -.5}, [2]float64{-.45, -.05}, [2]float64{0, -.8}, [2]float64{.45, -.05}, [2]float64{1, -.5}, [2]float64{.8, .7})
}

// statement is a picture that members send as proof: an account in broad strokes.
func statement() ([]byte, error) {
	img := image.NewNRGBA(image.Rect(0, 0, 720, 480))
	bar := func(x, y, w, h int, c color.NRGBA) {
		draw.Draw(img, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
	}
	ink, line, green := color.NRGBA{45, 50, 62, 255}, color.NRGBA{222, 225, 231, 255}, color.NRGBA{30, 140, 84, 255}
	bar(0, 0, 720, 480, color.NRGBA{252, 252, 253, 255})
	bar(0, 0, 720, 56, ink)
	bar(32, 20, 190, 16, line)
	for row := range 7 {
		y := 92 + row*50
		bar(32, y, 120+row*13%60, 12, ink)
		bar(250, y, 90, 12, line)
		bar(400, y, 70, 12, line)
		bar(590, y, 60+row*29%40, 12, green)
		bar(32, y+30, 656, 1, line)
	}
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return out.Bytes(), err
}
