//go:build !race

package record

func RaceDisable() {}
func RaceEnable()  {}
