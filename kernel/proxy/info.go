package proxy

import (
	"threading101/kernel/jupyter"
	"threading101/kernel/words"
)

// Version is the version of the kernel, as told to front ends.
const Version = "0.1.0"

// LanguageVersion is that of Go, without what differs between its releases: front ends
// write it into each notebook, and one that has it already is not changed by being
// opened. The notebooks of the lessons have it.
const LanguageVersion = "1.26"

// protocolVersion: 5.5 would promise subshells and its handshake.
const protocolVersion = "5.4"

func (p *proxy) kernelInfo(jupyter.Request) any {
	return map[string]any{
		"status":                 "ok",
		"protocol_version":       protocolVersion,
		"implementation":         "threading101",
		"implementation_version": Version,
		"banner":                 words.Banner(Version),
		"language_info": map[string]any{
			"name":               "go",
			"version":            LanguageVersion,
			"mimetype":           "text/x-go",
			"file_extension":     ".go",
			"pygments_lexer":     "go",
			"codemirror_mode":    "go",
			"nbconvert_exporter": "script",
		},
		"help_links": words.HelpLinks(),
		"debugger":   false,
	}
}

// connect tells the ports. It is deprecated, but part of the protocol.
func (p *proxy) connect(jupyter.Request) any {
	return map[string]any{
		"status":     "ok",
		"shell_port": p.conn.ShellPort, "iopub_port": p.conn.IOPubPort, "stdin_port": p.conn.StdinPort,
		"control_port": p.conn.ControlPort, "hb_port": p.conn.HBPort,
	}
}
