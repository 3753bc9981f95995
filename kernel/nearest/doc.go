// Package nearest finds what somebody who mistyped a word probably meant.
package nearest
