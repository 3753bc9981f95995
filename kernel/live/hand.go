package live

import (
	"context"
	"slices"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/picture"
	"threading101/kernel/step"
)

// Hand is a run that is made by hand: a [step.Session].
type Hand interface {
	Do(context.Context, step.Request) step.Reply
	Run() *model.Execution
	Close()
}

// mostHands is how many runs are made by hand at once; the oldest is given up for
// another. mostWait is how long the answer to a choice may take.
const (
	mostHands = 16
	mostWait  = 20 * time.Second
)

// hands are the runs that pages make by hand, each for one player of one page.
type hands struct {
	of    map[string]Hand
	order []string // the oldest first
}

func (h *hands) get(key string) Hand { return h.of[key] }

func (h *hands) put(key string, one Hand) (given Hand) {
	if h.of == nil {
		h.of = map[string]Hand{}
	}
	h.of[key] = one
	if h.order = append(h.order, key); len(h.order) > mostHands {
		given = h.of[h.order[0]]
		delete(h.of, h.order[0])
		h.order = slices.Delete(h.order, 0, 1)
	}
	return given
}

// ByHand is what a page gets after each choice: what can be chosen next, and the run so
// far, in the form in which it steps through runs.
type ByHand struct {
	Reply step.Reply      `json:"reply"`
	Run   *picture.Player `json:"run,omitempty"`
}

// decide obeys one request about a run that is made by hand from a picture's run.
func (d *Desk) decide(s *said) []Message {
	about := map[string]any{"step": s.Content.Name, "who": s.Content.Who}
	shown, hand := d.hand(s.Content.Who, s.Content.Name)
	if hand == nil {
		about["gone"] = true
		return []Message{custom(about)}
	}
	ctx, cancel := context.WithTimeout(context.Background(), mostWait)
	defer cancel()
	out := ByHand{}
	if r, refused := step.Decode(s.Content.Request); refused != nil {
		out.Reply = step.Refused(r, refused)
	} else if out.Reply = hand.Do(ctx, r); out.Reply.Error == nil {
		out.Run = picture.NewPlayer(hand.Run(), picture.Options{Bare: shown.Options.Bare}, shown.Source)
	}
	return inParts(about, out)
}

// hand is the run that a page makes by hand, begun if there is none; nil where the program
// is there no more.
func (d *Desk) hand(who, name string) (*Shown, Hand) {
	d.mu.Lock()
	defer d.mu.Unlock()
	shown := d.runs[name]
	if shown == nil || d.Hand == nil || len(who) > mostWho {
		return nil, nil
	}
	key := name + "\x00" + who
	if h := d.hands.get(key); h != nil {
		return shown, h
	}
	h := d.Hand(shown.Run)
	if h == nil {
		return nil, nil
	}
	if given := d.hands.put(key, h); given != nil {
		go given.Close()
	}
	return shown, h
}

// mostWho is the longest name of a player.
const mostWho = 100

// inParts is data in messages that are small enough, each with what they are about.
func inParts(about map[string]any, data any) []Message {
	parts := split(string(ink.Marshal(data)), PartSize)
	messages := make([]Message, len(parts))
	for i, text := range parts {
		content := map[string]any{"part": i, "of": len(parts), "text": text}
		for name, value := range about {
			content[name] = value
		}
		messages[i] = custom(content)
	}
	return messages
}
