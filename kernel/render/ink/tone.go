package ink

// The tones of the lanes that say good, doubtful and bad: of a terminal, and of
// the classes of HTML. A sign always says it too.
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
