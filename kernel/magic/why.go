package magic

func setWhy(c *Cell, _ Directive) error { c.Why = true; return nil }
