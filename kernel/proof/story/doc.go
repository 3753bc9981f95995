// Package story is for tests of whatever reads runs. [Tell] makes a run of a few
// lines of text, [Dump] writes a run as text, and [ParseLog] and [WriteLog] know
// the text form of a recording, record for record.
package story
