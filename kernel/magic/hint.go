package magic

func setHint(c *Cell, _ Directive) error { c.Hint = true; return nil }
