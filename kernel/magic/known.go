package magic

import "sort"

// known returns the words one can use now: ours in the order of the table, then
// GoNB's.
func known() []string {
	var list []string
	for _, w := range Table {
		if w.Since <= Now {
			list = append(list, w.Name)
		}
	}
	for _, w := range Table {
		if w.Since > Now {
			list = append(list, w.Name)
		}
	}
	return append(list, gonbWords()...)
}

// gonbWords returns GoNB's own words in order.
func gonbWords() []string {
	var list []string
	for word := range gonb {
		list = append(list, word)
	}
	for word := range gonbCells {
		list = append(list, word)
	}
	sort.Strings(list)
	return list
}
