package learning

import (
	"fmt"
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// animals are the names of learners in a room.
var animals = strings.Fields(`
	alpaca badger beaver bison bonobo bobcat caribou cheetah chipmunk civet condor cormorant coyote crane cricket curlew
	dingo dolphin donkey dormouse eagle egret eider elk ermine falcon ferret finch firefly flamingo gannet gazelle gecko
	gibbon giraffe goldfinch goose grouse hamster hare hawk hedgehog heron hoopoe ibex ibis iguana impala jackal jackdaw
	jaguar jay kestrel kingfisher kite kiwi koala koi kudu ladybird lapwing lark lemming lemur leopard linnet lion llama
	lobster loris lynx macaque magpie manatee mandrill marmot marten meerkat merlin mole mongoose moose narwhal newt
	nightingale numbat nuthatch ocelot octopus okapi oriole osprey otter owl oyster panda pangolin panther parrot partridge
	pelican penguin petrel pheasant pika plover pony porcupine puffin puma quail quokka rabbit raccoon raven redstart
	reindeer robin rook salamander salmon sandpiper seahorse seal serval shrew skylark sloth sparrow squid squirrel
	starling stoat stork swallow swan swift tapir tarsier tern thrush toad toucan trout turtle viper vole vulture
	wagtail wallaby walrus warbler weasel whale wigeon wildcat wolf wombat woodpecker wren yak zebra`)

// RoomName is a name for a learner: an animal, and where that is taken, the next, and at
// last one with a number.
func RoomName(at, taken int) string {
	name := animals[(at+taken)%len(animals)]
	if n := taken / len(animals); n > 0 {
		name += " " + strconv.Itoa(n+1)
	}
	return name
}

// MagicRoom is the help of %room.
const MagicRoom = "join your class: CODE is on the wall, HOST:PORT too unless it is set up; without an argument: whether you are in it, and what it gets; off: leave"

// MagicFollow is the help of %follow.
const MagicFollow = "see below this cell the run and the step that the teacher shows; off: no more. Nobody else can type or run anything here"

// MagicBadFollow answers %follow with something it does not take.
func MagicBadFollow(arg string) string {
	return fmt.Sprintf("%%follow is written %%follow or %%follow off, not %q", arg)
}

// RoomNoAddress answers a %room that does not say where.
const RoomNoAddress = "where is the room?"

// RoomNoAddressHint says how that is written.
const RoomNoAddressHint = "the wall shows it: %room CODE@HOST:PORT"

// RoomBadAddress answers a %room with an address that is none.
func RoomBadAddress(address string) string {
	return fmt.Sprintf("%s is no address of a room", Quoted(address))
}

// Quoted is a text in quotation marks, safe to show.
func Quoted(text string) string { return "“" + words.Plain(text, 60) + "”" }

// RoomJoined says that the kernel is in a room.
func RoomJoined(name, address string) string {
	return "You are in the room at " + words.Plain(address, 80) + " as " + article(name) + " " + words.Plain(name, 40) + ". " + RoomGets
}

// RoomGets says what a room is told.
const RoomGets = "It gets: the notebook's name and the cell you are at, your predictions, the token and the order of each run with the beginning of what it printed, and what came of each check. It never gets your name, your code or your reasons. When the teacher puts a run of yours on the wall, its picture goes there, without your name. %room off leaves."

func article(name string) string {
	if name != "" && strings.ContainsRune("aeiou", rune(name[0])) {
		return "an"
	}
	return "a"
}

// RoomNone says that the kernel is in no room.
const RoomNone = "You are in no room. %room CODE joins the one whose code is on the wall; without one everything works as ever."

// RoomLeft says that the kernel has left.
const RoomLeft = "You have left the room: it gets nothing more from here."

// RoomTrying says that the room has not answered yet.
func RoomTrying(address string) string {
	return "The room at " + words.Plain(address, 80) + " does not answer yet. Your cells run as ever, and nothing is lost: the kernel goes on trying."
}

// RoomWrongCode says that the room does not know the code.
func RoomWrongCode(code string) string {
	return "The room does not know the code " + Quoted(code) + ". Look at the wall once more. Your cells run as ever."
}

// RoomFull says that there is no seat left.
const RoomFull = "The room is full. Your cells run as ever, and the kernel goes on trying."

// RoomLost says that a room cannot be reached any more.
func RoomLost(address string) string {
	return "The room at " + words.Plain(address, 80) + " cannot be reached. Your cells run as ever, and nothing is lost: the room gets it when it is back."
}

// FollowNobody answers %follow without a room.
const FollowNobody = "you are in no room, so there is nobody to follow"

// FollowNobodyHint says how to join one.
const FollowNobodyHint = "%room CODE joins the one whose code is on the wall"

// FollowNothing says that no run is shown.
const FollowNothing = "You follow the teacher. No run is shown at the moment: it will appear here."

// FollowOff says that nobody is followed any more.
const FollowOff = "You follow no more."

// FollowOther says that this kernel has not got the program of a run.
func FollowOther(token string) string {
	return "The teacher shows " + words.Plain(token, 60) + ", a run of a program that you have not run here. Run its cell, then look here again."
}

// FollowStep says what is seen.
func FollowStep(says string) string {
	if says == "" {
		return "The teacher shows this run, from its beginning."
	}
	return "The teacher is at " + says
}

// CommandRoom is the help of threading101 room.
const CommandRoom = "a room for a class: predictions, orders and checks of all learners, on the wall and on the teacher's page"

// What the flags mean, one line each.
const (
	HelpRoomAddr   = "listen at `HOST:PORT`; without a host, on all networks of this machine"
	HelpRoomCode   = "the code to join with, instead of a random one: to start a room again whose kernels are to find it"
	HelpRoomPrefix = "the `PATH` under which a proxy on this machine, or a hub, has the room; a hub names it itself"
)

// RoomShortCode answers a code that can be guessed.
func RoomShortCode(least int) string {
	return fmt.Sprintf("threading101 room: the code needs at least %d letters or digits, so that nobody guesses it.", least)
}

// RoomOpen is what the command prints. address is where others find it.
func RoomOpen(address, code, teacher, again string) string {
	return `The room is open.
  for learners, in a cell:   %room ` + code + "@" + address + `
  for the wall:              http://` + address + `/   (it asks for the code: ` + code + `)
  for you alone:             ` + teacher + `
Kernels come back by themselves if you start it again with the same code: ` + again + `
Nothing is written to disk. Ctrl-C closes it.
`
}

// RoomBelow is what the command prints where a proxy or a hub has the room under a path:
// only the proxy knows the rest of the address.
func RoomBelow(prefix, code, teacher string) string {
	return `The room is open, behind the proxy.
  for learners, in a cell:   what the wall shows at its top
  for the wall:              https://HOST` + prefix + `   (it asks for the code: ` + code + `)
  for you alone:             https://HOST` + teacher + `
Nothing is written to disk. Ctrl-C closes it.
`
}

// RoomNotOpen says why a room cannot be opened.
func RoomNotOpen(err error) string { return "threading101 room: " + err.Error() }

// Room are the words of the room's pages. %d stands for a number.
var Room = map[string]string{
	"title":       "Threading 101 · room",
	"enter":       "Join the wall",
	"code":        "Code",
	"codeHint":    "It is on the wall, and with your teacher.",
	"go":          "Go",
	"wrong":       "That is not the code.",
	"often":       "Too many wrong codes. Wait a little, then try again.",
	"noAnswer":    "The room does not answer.",
	"lost":        "The room does not answer. This page comes back by itself.",
	"teacherOnly": "This page is the teacher's. Open the link that threading101 room printed.",
	"teacher":     "Teacher",
	"join":        "In a cell, type",
	"here":        "%d here",
	"hereOne":     "1 here",
	"nothing":     "Nothing is on the wall yet.",
	"answered":    "%d of %d have answered",
	"second":      "Second round: talk to your neighbour, then run the cell again.",
	"round1":      "first answer",
	"round2":      "second answer",
	"others":      "others",
	"learners":    "%d learners",
	"learnersOne": "1 learner",
	"orders":      "%d orders",
	"ordersOne":   "1 order",
	"more":        "and %d other outcomes",
	"moreOne":     "and 1 other outcome",
	"holds":       "holds",
	"fails":       "fails",
	"unproven":    "not proven",
	"asked":       "The picture is on its way …",
	"gone":        "The kernel that made this run is not here any more.",
	"token":       "Have it yourself",
	"where":       "Where everybody is",
	"nobody":      "Nobody has joined yet.",
	"away":        "away",
	"predictions": "Predictions",
	"noQuestions": "No prediction was answered yet.",
	"interleaved": "Interleavings",
	"noRuns":      "Nobody has run anything yet.",
	"checks":      "Checks",
	"noChecks":    "Nothing was checked yet.",
	"toWall":      "On the wall",
	"onWall":      "is on the wall",
	"reveal":      "Reveal",
	"hide":        "Hide again",
	"secondRound": "Second round",
	"clear":       "Clear the wall",
	"project":     "show",
	"wallNow":     "On the wall now",
	"first":       "first step",
	"back":        "step back",
	"next":        "next step",
	"last":        "last step",
	"hidden":      "Only you see the answers.",
	"shown":       "Everybody sees the answers.",
	"ownCell":     "another cell",
	"cell":        "cell %d",
	"noToken":     "Go decided: it cannot be had again",
	"runs":        "%d runs",
	"runsOne":     "1 run",
	"nothingYet":  "nothing yet",
}
