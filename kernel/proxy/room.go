package proxy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/predict"
	"threading101/kernel/program"
	"threading101/kernel/render/picture"
	"threading101/kernel/report"
	"threading101/kernel/room/seat"
	"threading101/kernel/room/wire"
	"threading101/kernel/words/learning"
)

// EnvRoom says where the room is, HOST:PORT; with CODE@ before it the kernel joins by
// itself.
const EnvRoom = "THREADING101_ROOM"

// room is the kernel's seat in a class's room. It belongs to the executor.
type room struct {
	seat *seat.Seat // nil: in none
	code string
	said seat.State // what the learner was told last of it
}

// roomPause is how long a cell with %room waits for the room's answer. Without one it goes
// on, and the kernel goes on trying.
const roomPause = time.Second

// enterRoom takes a seat where the environment has a code.
func (p *proxy) enterRoom() {
	if code, address, ok := strings.Cut(os.Getenv(EnvRoom), "@"); ok {
		p.takeSeat(code, address)
	}
}

// leaveRoom gives the seat up, if there is one.
func (p *proxy) leaveRoom() {
	if p.room.seat != nil {
		p.room.seat.Leave()
		p.room.seat = nil
	}
}

// takeSeat takes a seat in place of the one there is.
func (p *proxy) takeSeat(code, address string) error {
	p.leaveRoom()
	s, err := seat.Join(seat.Config{
		Address: address, Code: code, Key: seat.KeyFor(code, address, filepath.Dir(p.predictions.log.Path())),
		Picture: p.drawForRoom, Follow: p.teacher.set,
	})
	p.room = room{seat: s, code: code}
	return err
}

// obeyRoom does what %room and %follow say.
func (e *execution) obeyRoom(ctx context.Context) *report.Report {
	if e.cell.Orders.Room != nil {
		if f := e.joinRoom(ctx); f != nil {
			return f
		}
	}
	switch e.cell.Orders.Follow {
	case "on":
		return e.follow()
	case "off":
		e.p.unfollow()
		e.cell.Tell(learning.FollowOff)
	}
	return nil
}

// joinRoom joins a room, leaves it, or says how it stands.
func (e *execution) joinRoom(ctx context.Context) *report.Report {
	order, r := e.cell.Orders.Room, &e.p.room
	switch {
	case order.Leave:
		e.p.leaveRoom()
		e.cell.Tell(learning.RoomLeft)
		return nil
	case order.Code == "" && r.seat == nil:
		e.cell.Tell(learning.RoomNone)
		return nil
	case order.Code != "":
		address := order.Address
		if address == "" {
			address = os.Getenv(EnvRoom)
			address = address[strings.IndexByte(address, '@')+1:]
		}
		if address == "" {
			return e.cell.Misused("room", learning.RoomNoAddress, learning.RoomNoAddressHint)
		}
		if !seat.IsAddress(address) {
			return e.cell.Misused("room", learning.RoomBadAddress(address), learning.RoomNoAddressHint)
		}
		if err := e.p.takeSeat(order.Code, address); err != nil {
			return report.Broken(err.Error())
		}
	}
	r.seat.Settled(ctx, roomPause)
	e.sayRoom()
	return nil
}

// sayRoom says how the kernel stands to its room.
func (e *execution) sayRoom() {
	r := &e.p.room
	state, name := r.seat.State()
	r.said = state
	e.cell.Tell(map[seat.State]string{
		seat.Trying: learning.RoomTrying(r.seat.Address()), seat.Absent: learning.RoomTrying(r.seat.Address()), seat.In: learning.RoomJoined(name, r.seat.Address()), seat.Lost: learning.RoomLost(r.seat.Address()),
		seat.Wrong: learning.RoomWrongCode(r.code), seat.Full: learning.RoomFull,
	}[state])
}

// mindRoom tells the room where the learner is, and the learner, once, that the room
// cannot be reached.
func (e *execution) mindRoom() {
	r := &e.p.room
	if r.seat == nil || !e.asks.stores() {
		return
	}
	e.tellRoom(func() (wire.Note, bool) { return wire.Note{Kind: wire.At}, true })
	if state, _ := r.seat.State(); state != seat.Trying && state != seat.In && r.said != state {
		e.sayRoom()
	}
}

// tellRoom has the room told something about the cell. make is called later.
func (e *execution) tellRoom(make func() (wire.Note, bool)) {
	r := &e.p.room
	if r.seat == nil {
		return
	}
	lesson, id := strings.TrimSuffix(e.p.predictions.notebook, ".ipynb"), e.cell.ID
	if id == "" { // a console: the same code is the same cell
		id = hashed(program.Key(e.cell.Code))
	}
	r.seat.Tell(func() (wire.Note, bool) {
		n, ok := make()
		n.Lesson, n.Cell = lesson, id
		return n, ok
	})
}

// hashed is a short name for a text, from which nobody gets the text.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// tellAnswer has the room told a prediction, without its reason.
func (e *execution) tellAnswer(r predict.Record) {
	if r.Passed() || r.Revealed {
		return
	}
	e.tellRoom(func() (wire.Note, bool) {
		q := wire.Question{Kind: string(r.Question.Kind), Text: r.Question.Text}
		for _, o := range r.Question.Options {
			q.Options = append(q.Options, o.Text)
		}
		return wire.Note{Kind: wire.Said, Question: &q, Round: r.Round, Answer: r.Answer}, true
	})
}

// tellCame has the room told what came of the cell: its run, and its checks.
func (e *execution) tellCame() {
	if e.p.room.seat == nil {
		return
	}
	if o := e.cell.Result; o != nil && picture.Worthwhile(o.Execution) {
		x, came := o.Execution, e.cell.Came()
		e.tellRoom(func() (wire.Note, bool) {
			return wire.Note{Kind: wire.Run, Token: x.Token, Order: program.OrderOf(x), Outcome: came, Shows: program.Examples(x)}, true
		})
	}
	if verdicts, failed := e.cell.Verdicts, e.cell.Failed; len(verdicts) > 0 {
		e.tellRoom(func() (wire.Note, bool) {
			return wire.Note{Kind: wire.Check, Verdicts: results(verdicts, failed)}, true
		})
	}
}

// results are verdicts as the room is told of them.
func results(all []model.Verdict, failed *program.Violation) (out []wire.Verdict) {
	for _, v := range all {
		one := wire.Verdict{Property: v.Property, Result: "unproven"}
		switch {
		case !v.Holds:
			one.Result, one.Case = "fails", v.Fails
		case v.Complete:
			one.Result = "holds"
		}
		if failed != nil && failed.Property == v.Property && failed.Run != nil {
			if names := program.Examples(failed.Run); len(names) > 0 {
				one.Case = names[0]
			}
		}
		out = append(out, one)
	}
	return out
}

// drawForRoom draws a run that the room was told of. The seat calls it, in a goroutine of
// its own.
func (p *proxy) drawForRoom(token string) *wire.Picture {
	x := p.cells.RunOf(token)
	if x == nil || !picture.Worthwhile(x) {
		return nil
	}
	player := picture.NewPlayer(x, picture.Options{Alone: true}, func(model.Pos) string { return "" })
	out := &wire.Picture{
		Token: token, Made: player.Made, Ends: player.Status, Heads: player.SVG.Heads, Steps: player.SVG.Steps,
		First: player.SVG.First, Row: player.SVG.Row,
	}
	for _, row := range player.Rows {
		out.Rows = append(out.Rows, wire.PictureRow{Step: row.Step, Says: row.Says})
	}
	return out
}
