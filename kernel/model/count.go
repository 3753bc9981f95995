package model

import "math/big"

// add is a+b; nil, which stands for "not counted", if either is.
func add(a, b *big.Int) *big.Int {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Int).Add(a, b)
}
