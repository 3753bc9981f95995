package seat

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// errAddress is returned for a text that is no address.
var errAddress = errors.New("no address")

// base is the address under which a room is, from HOST:PORT or, where a proxy is before
// it, http://HOST/PATH.
func base(address string) (*url.URL, error) {
	if !strings.Contains(address, "://") {
		if host, port, err := net.SplitHostPort(address); err != nil || host == "" || port == "" {
			return nil, errAddress
		}
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errAddress
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return u, nil
}

// IsAddress reports whether a text is the address of a room.
func IsAddress(address string) bool { _, err := base(address); return err == nil }
