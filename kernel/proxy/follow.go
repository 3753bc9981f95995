package proxy

import (
	"context"
	"sync"
	"time"

	"threading101/kernel/jupyter"
	"threading101/kernel/model"
	"threading101/kernel/program"
	"threading101/kernel/render/picture"
	"threading101/kernel/report"
	"threading101/kernel/room/wire"
	"threading101/kernel/sched"
	"threading101/kernel/words/learning"
)

// teacher is what the teacher looks at, as the room says, and who wants to know. The seat's
// goroutine sets it; the executor asks for it.
type teacher struct {
	mu      sync.Mutex
	at      wire.Follow
	learner *follower
}

// follower is a place below a cell where the teacher's run is seen. It only shows: what
// the room says leads to nothing else.
type follower struct {
	p       *proxy
	request *jupyter.Message // the cell's
	replace func(data, metadata map[string]any)

	mu   sync.Mutex
	run  *model.Execution // of the token that is shown
	made string           // that token
	name string           // of the picture of it that is shown, "" if there is none
}

func (t *teacher) set(f wire.Follow) {
	t.mu.Lock()
	t.at = f
	who := t.learner
	t.mu.Unlock()
	if who != nil {
		who.show(f)
	}
}

// with has a learner follow from now on; nil: nobody.
func (t *teacher) with(who *follower) {
	t.mu.Lock()
	t.learner = who
	f := t.at
	t.mu.Unlock()
	if who != nil {
		who.show(f)
	}
}

// again shows what is shown once more: perhaps the program is there now.
func (t *teacher) again() {
	t.mu.Lock()
	f, who := t.at, t.learner
	t.mu.Unlock()
	if who != nil && f.Token != "" && who.waits(f.Token) {
		go who.show(f)
	}
}

// follow shows below the cell what the teacher looks at, from now on.
func (e *execution) follow() *report.Report {
	if e.p.room.seat == nil {
		return e.cell.Misused("follow", learning.FollowNobody, learning.FollowNobodyHint)
	}
	f := &follower{p: e.p, request: e.request.Message, replace: e.cell.Screen.Keep(map[string]any{"text/plain": learning.FollowNothing}, map[string]any{})}
	e.p.teacher.with(f)
	return nil
}

func (p *proxy) unfollow() { p.teacher.with(nil) }

// waits reports whether the run of a token could not be shown.
func (f *follower) waits(token string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.made != token || f.run == nil
}

// show shows a run at a step. It has the learner's own program make it, if the run is not
// here; another program's is only named.
func (f *follower) show(at wire.Follow) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at.Token == "" {
		return // what was shown last may stay
	}
	if f.made != at.Token || f.run == nil {
		f.forget()
		f.made, f.run = at.Token, f.p.runOf(at.Token)
	}
	if f.run == nil {
		f.replace(map[string]any{"text/plain": learning.FollowOther(at.Token)}, map[string]any{})
		return
	}
	if !f.p.desk.IsOpen(f.name) {
		f.draw(at.Step)
	}
	f.lead(at)
}

// draw puts a picture of the run with the step in the place of the last. That one is not
// replaced while the learner steps through it: it would be gone.
func (f *follower) draw(step int) {
	o := picture.Options{Here: step, Note: learning.FollowStep(saysOf(f.run, step))}
	data, metadata := picture.Bundle(f.run, o)
	if data == nil {
		return
	}
	f.forget()
	f.name = picture.Named(data)
	f.p.desk.Keep(f.name, f.p.steppable(f.run, o))
	f.replace(data, metadata)
}

func (f *follower) forget() {
	f.p.desk.Forget(f.name)
	f.name = ""
}

// lead has the pages that step through the run go to the step.
func (f *follower) lead(at wire.Follow) {
	if m := f.p.desk.Lead(at.Token, at.Step); m != nil {
		for _, id := range f.p.desk.IDs() {
			f.p.tellComm(f.request, id, m)
		}
	}
}

// saysOf is a step as a sentence, "" if there is none with that number.
func saysOf(x *model.Execution, step int) string {
	for _, row := range picture.NewPlayer(x, picture.Options{}, func(model.Pos) string { return "" }).Rows {
		if row.Step == step && step > 0 {
			return row.Says
		}
	}
	return ""
}

// followTime is how long the learner's program may take for a run that is only shown.
const followTime = 10 * time.Second

// runOf is the run of a token: one that was made here, or made now by the learner's own
// program. nil if that is another.
func (p *proxy) runOf(text string) *model.Execution {
	if x := p.cells.RunOf(text); x != nil {
		return x
	}
	token, err := sched.ParseToken(text)
	recent := p.recent.Load()
	if err != nil || recent == nil {
		return nil
	}
	maker := recent.maker(token.Code)
	if maker == nil || (&made{built: maker.Built}).talksToGonb() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), followTime)
	defer cancel()
	o, err := maker.Remake(ctx, &token, new(program.Stop))
	if err != nil || o.Parted >= 0 || !picture.Worthwhile(o.Execution) {
		return nil
	}
	return o.Execution
}
