package ink

// Tone is a colour that says how good something is, in terminals and in HTML. A sign
// always says it too.
type Tone int

const (
	ToneFine Tone = 1 // blue
	ToneGood Tone = 3 // green
	ToneWarn Tone = 5 // yellow
	ToneBad  Tone = 2 // orange
)

// Tint is the colour of a lane in a line of text.
func Tint(lane int) int {
	if lane < 0 {
		return NoColor
	}
	return lane % Textures
}
