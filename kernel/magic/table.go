package magic

import (
	"threading101/kernel/explore/property"
	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// Word is one row of the vocabulary.
type Word struct {
	Name  string // without the %
	Usage string // what follows the name, as shown in the help
	Help  string // one line
	Since Phase
	min   int // the number of arguments
	max   int
	set   func(c *Cell, d Directive) error
}

// Phase is the stage of the tool that has a word.
type Phase int

// The phases. Words later than [Now] are known but not there yet.
const (
	Recording  Phase = iota + 1 // real runs are recorded and drawn
	Control                     // the schedule is controlled, seeded and replayed
	Exploring                   // all schedules are explored and checked
	Continuing                  // cells continue one program
	Taking                      // the learner takes part: steps, predictions
	Explaining                  // hints
)

// Now is the phase this version has reached.
const Now = Taking

// many stands for any number of arguments.
const many = 1 << 20

// Table is the vocabulary, in the order of the help.
var Table = []Word{
	{"seed", "N", words.MagicSeed, Control, 1, 1, setSeed},
	{"replay", replayUsage, words.MagicReplay, Control, 1, many, setReplay},
	{"clock", "virtual|free", words.MagicClock, Control, 1, 1, setClock},
	{"diff", "[TOKEN TOKEN]", words.MagicDiff, Control, 0, 2, setDiff},
	{"explore", "[2s]", words.MagicExplore, Exploring, 0, 1, setExplore},
	{"outcome", "EXPR…", words.MagicOutcome, Exploring, 1, many, setOutcome},
	{"check", "PROPERTY…", words.MagicCheck(property.Usages()), Exploring, 0, many, setCheck},
	{"freeze", "", words.MagicFreeze, Continuing, 0, 0, setFreeze},
	{"end", "", words.MagicEnd, Continuing, 0, 0, setEnd},
	{"new", "", words.MagicNew, Continuing, 0, 0, setNew},
	{"program", "", words.MagicProgram, Continuing, 0, 0, setProgram},
	{"export", "[TOKEN] [FILE.go]", words.MagicExport, Continuing, 0, 2, setExport},
	{"rm", "CELL", words.MagicRemove, Continuing, 1, 1, setRemove},
	{"real", realUsage, words.MagicReal, Recording, 0, many, setReal},
	{"race", "", words.MagicRace, Recording, 0, 0, setRace},
	{"procs", "N", words.MagicProcs, Recording, 1, 1, setProcs},
	{"db", "[postgres|sqlite|auto|off|reset]", words.MagicDatabase, Taking, 0, 1, setDatabase},
	{"picture", "off|on|plain", words.MagicPicture, Recording, 1, 1, setPicture},
	{"live", "on|off|auto", words.MagicLive, Taking, 1, 1, setLive},
	{"why", "", words.MagicWhy, Taking, 0, 0, setWhy},
	{"t101", "[controlled|progress]", words.MagicHelp, Recording, 0, 2, setHelp},
	{"step", stepUsage, words.MagicStep, Taking, 0, 1, setStep},
	{"predict", predictUsage, words.MagicPredict, Taking, 1, 1, setPredict},
	{"hint", "", words.MagicHint, Taking, 0, 0, setHint},
	{"room", roomUsage, learning.MagicRoom, Taking, 0, 1, setRoom},
	{"follow", followUsage, learning.MagicFollow, Taking, 0, 1, setFollow},
}

// lookup returns the row of that name, nil if it is not one of our words.
func lookup(name string) *Word {
	for i := range Table {
		if Table[i].Name == name {
			return &Table[i]
		}
	}
	return nil
}

// gonb holds the commands of GoNB v0.11.4 that begin a line with %, without it.
var gonb = map[string]bool{
	"%": true, "main": true, "args": true, "test": true, "exec": true, "wasm": true,
	"widgets": true, "widgets_hb": true, "env": true, "cd": true, "goflags": true,
	"autoget": true, "noautoget": true, "help": true, "version": true,
	"reset": true, "ls": true, "list": true, "rm": true, "remove": true,
	"with_inputs": true, "with_password": true, "track": true, "untrack": true,
	"goworkfix": true, "capture": true,
}

// gonbCells are GoNB's words for cells in another language; they must be the
// first line.
var gonbCells = map[string]bool{
	"%writefile": true, "%script": true, "%bash": true, "%sh": true, "%gx": true,
}
