// Package picture draws one run.
package picture
