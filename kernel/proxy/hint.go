package proxy

import (
	"threading101/kernel/jupyter"
	"threading101/kernel/program"
)

// lessonOf is what the lesson says of the cell: front ends such as JupyterLab send a
// cell's metadata with its code.
func (e *execution) lessonOf() program.Lesson {
	return content(&jupyter.Message{Content: e.request.Message.Metadata}, struct {
		Lesson program.Lesson `json:"threading101"`
	}{}).Lesson
}
