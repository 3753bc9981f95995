package words

import "threading101/kernel/event"

// saying has the sentences for an operation; fill explains the brackets.
type saying struct {
	does string // completes "goroutine A …"
	not  string // the same where it did not come to that: see otherwise
	code string // the same as in columns: as short as code, and like it; "" as does
	gone string // what columns say for not
	will string // does where it is still to be done, and may be chosen; "" as does
}

// sayings has one for each operation that is an event of a run.
var sayings = [...]saying{
	event.Go:      {does: "starts {other|a goroutine}", code: "go {other|…}"},
	event.Start:   {does: "begins"},
	event.Name:    {does: "is named"},
	event.End:     {does: "returns"},
	event.Goexit:  {does: "ends itself (runtime.Goexit)"},
	event.Panic:   {does: "panics[: {value}]"},
	event.Exit:    {does: "ends the program (os.Exit[({value})])"},
	event.Gosched: {does: "lets others run"},
	event.Never:   {does: "will not begin"},

	event.LockWant:  {does: "wants the lock {object|the lock}"},
	event.Lock:      {does: "locks {object|the lock}", code: "lock {object|the lock}"},
	event.TryLock:   {does: "tries {object|the lock} and gets it", not: "tries {object|the lock}: it is taken", will: "tries {object|the lock}"},
	event.Unlock:    {does: "unlocks {object|the lock}", code: "unlock {object|the lock}"},
	event.RLockWant: {does: "wants to read-lock {object|the lock}"},
	event.RLock:     {does: "locks {object|the lock} (reading)", code: "read-lock {object|the lock}"},
	event.TryRLock:  {does: "tries {object|the lock} and gets it", not: "tries {object|the lock}: it is taken", will: "tries {object|the lock} (reading)"},
	event.RUnlock:   {does: "unlocks {object|the lock} (reading)", code: "read-unlock {object|the lock}"},

	event.WGAdd:    {does: "adds {value|to} to {object|the group}", code: "{object|group}.Add({value|…})", will: "adds to {object|the group}"},
	event.WGDone:   {does: "calls [{object}.]Done", code: "{object|group}.Done()"},
	event.WaitWant: {does: "has waited for {object|the group}"},
	event.Wait:     {does: "has waited for {object|the group}", code: "{object|group}.Wait() ends", will: "goes on: {object|the group} is done"},

	event.SendWant:   {does: "wants to send"},
	event.Send:       {does: "sends [{value} ]to [{to} over ]{object|a channel}", code: "{object|a channel} <- {value|…}[ ➜ {to}]"},
	event.RecvWant:   {does: "wants to receive"},
	event.Recv:       {does: "receives [{value} ]from {object|a channel}", not: "finds {object|a channel} closed", code: "<-{object|a channel}[ ➜ {value}]", gone: "<-{object|a channel}: closed"},
	event.Close:      {does: "closes {object|a channel}", code: "close({object|a channel})"},
	event.SelectWant: {does: "waits in a select"},
	event.Select:     {does: "selects the case with {object}", not: "finds nothing ready (select default)", will: "goes on in its select"},

	event.CondWant:  {does: "waits for the condition", will: "waits for {object|the condition}, and gives back its lock"},
	event.CondWait:  {does: "was woken", code: "{object|condition}.Wait() ends", will: "goes on: it was woken, and takes its lock again"},
	event.Signal:    {does: "signals[ {object}]", code: "{object|condition}.Signal()"},
	event.Broadcast: {does: "broadcasts[ {object}]", code: "{object|condition}.Broadcast()"},

	event.OnceWant: {does: "wants it done once"},
	event.OnceDo:   {does: "runs {object|it}, once"},
	event.Once:     {does: "finds {object|it} already done", will: "comes to {object|a Once}"},

	event.Sleep:     {does: "sleeps[ {value}]"},
	event.Woke:      {does: "wakes up"},
	event.Timer:     {does: "sets a timer[ for {value}]", will: "sets a timer"},
	event.StopTimer: {does: "stops a timer", not: "stops a timer, too late", will: "stops a timer"},

	event.Load:        {does: "reads {object|a variable}[ = {value}]"},
	event.Store:       {does: "writes {object|a variable}[ = {value}]"},
	event.AtomicLoad:  {does: "atomically reads {object|a variable}[ = {value}]"},
	event.AtomicStore: {does: "atomically writes {object|a variable}[ = {value}]"},
	event.AtomicAdd:   {does: "adds to {object|a variable}[, now {value}] (atomic)", will: "adds to {object|a variable} (atomic)"},
	event.AtomicSwap:  {does: "atomically writes {object|a variable}[ = {value}]"},
	event.AtomicCAS:   {does: "swaps {object|a variable}[ = {value}] (atomic)", not: "compares {object|a variable}: changed, no swap (atomic)", will: "compares {object|a variable}, and swaps (atomic)"},
	event.AtomicPut:   {does: "puts a new key into {object|a map} (atomic)", not: "finds the key already in {object|a map} (atomic)", will: "puts a key into {object|a map}, if it is new (atomic)"},

	event.Print: {does: "prints “{value}”", not: "prints an empty line"},

	event.FileOpen:      {does: "opens {object|a file}[ ({value})]", not: "cannot open {object|a file}", will: "opens {object|a file}"},
	event.FileRead:      {does: "reads [“{value}” from ]{object|a file}", not: "finds nothing more in {object|a file}", will: "reads from {object|a file}"},
	event.FileWrite:     {does: "writes [“{value}” to ]{object|a file}", not: "cannot write to {object|a file}", will: "writes to {object|a file}"},
	event.FileClose:     {does: "closes {object|a file}", not: "cannot close {object|a file}", will: "closes {object|a file}"},
	event.FileSeek:      {does: "goes to [byte {value} of ]{object|a file}", not: "cannot move in {object|a file}", will: "moves in {object|a file}"},
	event.FileTruncate:  {does: "cuts {object|a file}[ to {value} bytes]", not: "cannot cut {object|a file}", will: "cuts {object|a file}"},
	event.FileRename:    {does: "renames [{value} to ]{object|a file}", not: "cannot rename [{value} to ]{object|a file}", will: "renames a file to {object|a file}"},
	event.FileRemove:    {does: "removes {object|a file}", not: "cannot remove {object|a file}", will: "removes {object|a file}"},
	event.FileLook:      {does: "looks at {object|a file}", not: "finds no {object|such file}", will: "looks at {object|a file}"},
	event.StatementWant: {does: "waits in the database"},
	event.Statement:     {does: "{value|sends a statement}", not: "{value|is refused}"},

	event.Outside: {does: "waits outside the scheduler"},
	event.Inside:  {does: "is back from outside"},
}

// waiting has the sentences for a goroutine that waits in an operation.
type waiting struct {
	waits   string // completes "goroutine A …"
	report  string // the same, where it waits when the run ends
	reason  string // why it cannot go on, in columns
	only    string // of a run that ends while all wait so
	nobody  string // why what it waits for does not come any more
	nothing string // the same where the object is nil
}

// waitings has one for each operation that is waited in.
var waitings = [...]waiting{
	event.LockWant:  {waits: "waits for {object|the lock}", report: "waits for the lock[ {object}]", reason: "{object|it} is taken"},
	event.RLockWant: {waits: "waits for {object|the lock}", report: "waits for the lock[ {object}] (to read)", reason: "{object|it} is taken"},
	event.WaitWant: {
		waits: "waits for {object|the group}", report: "waits for the group[ {object}]", reason: "{object|it} is not done",
		only: "the group was not counted down to zero: Add counted more than Done.",
	},
	event.SendWant: {
		waits: "waits to send [{value} ]to {object|a channel}", report: "waits to send to {object|a channel}", reason: "nobody receives from {object|a nil channel}",
		only:   "nobody is left who could receive.",
		nobody: ", and nobody can receive that any more", nothing: ": nobody can ever receive from that",
	},
	event.RecvWant: {
		waits: "waits for {object|a channel}", report: "waits to receive from {object|a channel}", reason: "nothing comes from {object|a nil channel}",
		only:   "nobody is left who could send, or close the channel: either would end the waiting. A range over a channel ends only when the channel is closed.",
		nobody: ", and nobody can send to it or close it any more", nothing: ": nothing ever comes from that",
	},
	event.SelectWant: {waits: "waits in a select", report: "waits in a select[ {object}]", reason: "no case is ready"},
	event.CondWant: {
		waits: "waits for {object|a condition}", report: "waits for the condition[ {object}]", reason: "no signal for {object|it}",
		only:   "nobody is left who could signal.",
		nobody: ", and nobody can signal it any more", nothing: ", and nobody can signal it any more",
	},
	event.StatementWant: {
		waits: "waits in the database", report: "waits for {object|another transaction}", reason: "another transaction has it locked",
		only: "no transaction is left that could end, by COMMIT or ROLLBACK.",
	},
	event.OnceWant: {waits: "waits for {object|once}", report: "waits for the Once[ {object}]", reason: "{object|it} is under way"},
	event.Sleep:    {waits: "sleeps", report: "waits", reason: "sleeps"},
	event.Outside:  {waits: "waits in {value|other code}, which is not controlled", report: "waits", reason: "waits in other code"},
}

// sayingOf and waitingOf are what is said of an operation, of which there may be
// nothing to say.
func sayingOf(op event.Op) *saying {
	if int(op) >= len(sayings) {
		op = event.None
	}
	return &sayings[op]
}

func waitingOf(op event.Op) *waiting {
	if int(op) >= len(waitings) {
		op = event.None
	}
	return &waitings[op]
}

// Nobody says why what a goroutine waits for never comes; named unless that is nil.
func Nobody(op event.Op, named bool) string {
	if !named {
		return waitingOf(op).nothing
	}
	return waitingOf(op).nobody
}
