package magic

import (
	"strings"

	"threading101/kernel/words/learning"
)

// roomUsage and followUsage are what follows %room and %follow.
const (
	roomUsage   = "[CODE[@HOST:PORT] | off]"
	followUsage = "[off]"
)

// Room is what %room asks for: to join with a code, to leave, or neither: to say how it is.
type Room struct {
	Code    string
	Address string // "" if it is not said
	Leave   bool
}

func setRoom(c *Cell, d Directive) error {
	c.Room = &Room{}
	if len(d.Args) == 0 {
		return nil
	}
	if c.Room.Leave = d.Args[0] == "off"; !c.Room.Leave {
		c.Room.Code, c.Room.Address, _ = strings.Cut(d.Args[0], "@")
	}
	return nil
}

func setFollow(c *Cell, d Directive) error {
	c.Follow = "on"
	if len(d.Args) == 0 {
		return nil
	}
	if c.Follow = d.Args[0]; c.Follow != "off" {
		return d.fail(learning.MagicBadFollow(c.Follow), "")
	}
	return nil
}
