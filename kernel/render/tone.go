package render

// The tones of the lanes that say good, doubtful and bad: of a terminal, and of
// the classes of HTML. A sign always says it too.
type tone int

const (
	toneFine tone = 1 // blue
	toneGood tone = 3 // green
	toneWarn tone = 5 // yellow
	toneBad  tone = 2 // orange
)

// tint is the colour of a lane in a line of text.
func tint(lane int) int {
	if lane < 0 {
		return noColor
	}
	return lane % textures
}
