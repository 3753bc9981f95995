package jupyter

import "encoding/json"

// Content decodes what a message carries; fields that are missing or of
// another type stay as they are.
func Content[T any](m *Message, into T) T {
	fields := map[string]json.RawMessage{}
	if json.Unmarshal(m.Content, &fields) != nil {
		return into
	}
	for name, raw := range fields {
		one, err := json.Marshal(map[string]json.RawMessage{name: raw})
		if err == nil {
			trial := into
			if json.Unmarshal(one, &trial) == nil {
				into = trial
			}
		}
	}
	return into
}
