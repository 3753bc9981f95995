package ink

import (
	"math"
	"strconv"
	"testing"
)

// Lanes need a contrast of 3:1 against the paper, words one of 4.5:1.
func TestContrast(t *testing.T) {
	for _, th := range []theme{Light, dark} {
		for _, c := range th.Lanes {
			if r := contrast(c, th.paper); r < 4.5 { // names are written in the lane's colour
				t.Errorf("lane %s on %s: contrast %.2f", c, th.paper, r)
			}
		}
		for _, c := range []string{th.ink, th.Faint, th.Bad, th.Warn} {
			if r := contrast(c, th.paper); r < 4.5 {
				t.Errorf("text %s on %s: contrast %.2f", c, th.paper, r)
			}
		}
	}
	if len(Light.Lanes) != Textures || len(dark.Lanes) != Textures {
		t.Errorf("%d and %d colours for %d textures", len(Light.Lanes), len(dark.Lanes), Textures)
	}
}

// contrast is the contrast ratio of WCAG 2.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			panic(err)
		}
		c := float64(v) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
