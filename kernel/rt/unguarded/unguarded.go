// Package unguarded lists the objects of the standard library that goroutines must
// not use at the same time: a bytes.Buffer has no lock.
package unguarded

import "threading101/kernel/rt/text"

// types are those of such objects, and which of their methods only look. Types that
// have locks of their own are not among them, nor those whose parts may be used at
// the same time, as the pixels of an image may. An encoder of JSON keeps nothing
// from one value to the next but its settings: what it writes to is another matter.
var types = map[string]string{
	"archive/tar.Reader":          "",
	"archive/tar.Writer":          "",
	"archive/zip.Writer":          "",
	"bufio.Reader":                "Buffered Size",
	"bufio.Scanner":               "Bytes Err Text",
	"bufio.Writer":                "Available AvailableBuffer Buffered Size",
	"bytes.Buffer":                "Available AvailableBuffer Bytes Cap Len Peek String",
	"bytes.Reader":                "Len Size",
	"compress/flate.Writer":       "",
	"compress/gzip.Reader":        "",
	"compress/gzip.Writer":        "",
	"compress/zlib.Writer":        "",
	"container/list.Element":      "Next Prev",
	"container/list.List":         "Back Front Len",
	"container/ring.Ring":         "Do Len Move Next Prev",
	"encoding/csv.Reader":         "FieldPos InputOffset",
	"encoding/csv.Writer":         "Error",
	"encoding/json.Decoder":       "Buffered InputOffset",
	"encoding/json.Encoder":       "Encode",
	"encoding/xml.Decoder":        "InputOffset InputPos",
	"encoding/xml.Encoder":        "",
	"hash/maphash.Hash":           "BlockSize Size",
	"io.LimitedReader":            "",
	"io.SectionReader":            "Outer ReadAt Size",
	"math/big.Float":              "Acc Append AppendText Cmp Float32 Float64 Format GobEncode Int64 IsInf IsInt MantExp MarshalText MinPrec Mode Prec Sign Signbit String Text Uint64",
	"math/big.Int":                "Append AppendText Bit BitLen Bits Bytes Cmp CmpAbs FillBytes Float64 Format GobEncode Int64 IsInt64 IsUint64 MarshalJSON MarshalText ProbablyPrime Sign String Text TrailingZeroBits Uint64",
	"math/big.Rat":                "AppendText Cmp Float32 Float64 FloatPrec FloatString GobEncode IsInt MarshalText RatString Sign String",
	"math/rand.Rand":              "",
	"math/rand.Zipf":              "",
	"math/rand/v2.ChaCha8":        "AppendBinary MarshalBinary",
	"math/rand/v2.PCG":            "AppendBinary MarshalBinary",
	"math/rand/v2.Rand":           "",
	"math/rand/v2.Zipf":           "",
	"mime/multipart.Writer":       "Boundary FormDataContentType",
	"mime/quotedprintable.Reader": "",
	"mime/quotedprintable.Writer": "",
	"strings.Builder":             "Cap Len String",
	"strings.Reader":              "Len Size",
	"text/scanner.Scanner":        "Pos",
	"text/tabwriter.Writer":       "",
}

// Type says whether name of the package with that path is the type of such an
// object.
func Type(path, name string) bool {
	_, known := types[path+"."+name]
	return known
}

// Looks says whether a method of such a type only reads.
func Looks(path, name, method string) bool {
	for _, m := range text.Split(types[path+"."+name], " ") {
		if m == method {
			return true
		}
	}
	return false
}

// Digest says whether the package with that path makes checksums: its types have
// no names that others know, and no locks.
func Digest(path string) bool {
	if text.HasPrefix(path, "hash/") {
		return true
	}
	rest, ok := text.CutPrefix(path, "crypto/")
	rest, _ = text.CutPrefix(rest, "internal/fips140/")
	switch rest {
	case "hmac", "md5", "sha1", "sha256", "sha3", "sha512":
		return ok
	}
	return false
}
