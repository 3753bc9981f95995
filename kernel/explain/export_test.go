package explain

// Update says whether golden files are written anew.
func Update() bool { return *update }

// Names are those of all kinds.
func Names() (all []string) {
	for _, row := range table {
		all = append(all, row.name)
	}
	return all
}
