package notebook

import (
	"encoding/json"
	"strings"

	"threading101/kernel/jupyter"
)

// outputs are those of one cell, in the form of nbformat.
type outputs struct {
	list  []map[string]any
	clear bool // at the next output, as clear_output(wait) asks
}

// content holds the fields of all messages that become outputs.
type content struct {
	Name      string         `json:"name"`
	Text      string         `json:"text"`
	Data      map[string]any `json:"data"`
	Metadata  map[string]any `json:"metadata"`
	Count     any            `json:"execution_count"`
	EName     string         `json:"ename"`
	EValue    string         `json:"evalue"`
	Traceback []string       `json:"traceback"`
	Wait      bool           `json:"wait"`
	Transient struct {
		DisplayID string `json:"display_id"`
	} `json:"transient"`
}

// displayID is where an output remembers its display until it is written.
const displayID = "display_id"

// decode gives a message's fields; those it does not have are empty.
func decode(m *jupyter.Message) (c content) {
	d := json.NewDecoder(strings.NewReader(string(m.Content)))
	d.UseNumber()
	d.Decode(&c)
	return c
}

// add takes what was published for the cell.
func (o *outputs) add(msgType string, c content) {
	switch msgType {
	case "clear_output":
		o.clear = c.Wait
		if !c.Wait {
			o.list = nil
		}
		return
	case "stream", "display_data", "execute_result", "error":
	default:
		return
	}
	if o.clear {
		o.list, o.clear = nil, false
	}
	if msgType == "stream" && o.extend(c) {
		return
	}
	o.list = append(o.list, output(msgType, c))
}

// extend joins text with the same stream's text before it.
func (o *outputs) extend(c content) bool {
	if len(o.list) == 0 {
		return false
	}
	last := o.list[len(o.list)-1]
	if last["output_type"] != "stream" || last["name"] != c.Name {
		return false
	}
	last["text"] = last["text"].(string) + c.Text
	return true
}

func output(msgType string, c content) map[string]any {
	o := map[string]any{"output_type": msgType}
	switch msgType {
	case "stream":
		o["name"], o["text"] = c.Name, c.Text
	case "error":
		o["ename"], o["evalue"], o["traceback"] = c.EName, c.EValue, c.Traceback
		if c.Traceback == nil {
			o["traceback"] = []string{}
		}
	default:
		o["data"], o["metadata"] = orEmpty(c.Data), orEmpty(c.Metadata)
		o[displayID] = c.Transient.DisplayID
		if msgType == "execute_result" {
			o["execution_count"] = c.Count
		}
	}
	return o
}

// update replaces what is shown under a display id.
func (o *outputs) update(c content) {
	for _, output := range o.list {
		if id, _ := output[displayID].(string); id != "" && id == c.Transient.DisplayID {
			output["data"], output["metadata"] = orEmpty(c.Data), orEmpty(c.Metadata)
		}
	}
}

// json gives the outputs as they are written: text in lists of lines.
func (o *outputs) json() []any {
	list := []any{}
	for _, output := range o.list {
		delete(output, displayID)
		if s, ok := output["text"].(string); ok {
			output["text"] = lines(s)
		}
		if data, ok := output["data"].(map[string]any); ok {
			split(data)
		}
		list = append(list, output)
	}
	return list
}

func split(data map[string]any) {
	for mime, value := range data {
		if s, ok := value.(string); ok && isText(mime) {
			data[mime] = lines(s)
		}
	}
}

func isText(mime string) bool {
	return strings.HasPrefix(mime, "text/") || mime == "image/svg+xml" || mime == "application/javascript"
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}
