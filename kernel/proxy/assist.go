package proxy

import (
	"threading101/kernel/cell"
	"threading101/kernel/jupyter"
)

// isComplete tells a console whether to run what was typed.
func (p *proxy) isComplete(r jupyter.Request) any {
	ask := content(r.Message, struct {
		Code string `json:"code"`
	}{})
	status, indent := cell.Complete(ask.Code)
	reply := map[string]any{"status": status}
	if status == cell.Unfinished {
		reply["indent"] = indent
	}
	return reply
}

type assistRequest struct {
	Code   string `json:"code"`
	Cursor int    `json:"cursor_pos"`
	Detail int    `json:"detail_level"`
}

// assist answers a complete_request or an inspect_request.
func (p *proxy) assist(r jupyter.Request) {
	ask := content(r.Message, assistRequest{})
	p.bracket(r, func() {
		if r.Message.Header.MsgType == "complete_request" {
			p.reply(r, map[string]any{"status": "ok", "matches": []string{}, "cursor_start": ask.Cursor, "cursor_end": ask.Cursor, "metadata": map[string]any{}})
			return
		}
		p.reply(r, map[string]any{"status": "ok", "found": false, "data": map[string]any{}, "metadata": map[string]any{}})
	})
}
