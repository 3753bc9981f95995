package build

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"

	"golang.org/x/mod/module"
)

// reach finds out whether the first place where the go command would look for
// the packages answers at all. It returns the name of that place.
func (b *Builder) reach(ctx context.Context, j *job, foreign []string) (string, error) {
	address := origin(j, foreign)
	switch address {
	case "":
		return "", nil // nothing to ask over the network, or beyond us: the go command knows
	case "off":
		return "", errors.New("GOPROXY=off")
	}
	host, _, _ := net.SplitHostPort(address)
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", throughProxy(j.env, address))
	if err != nil {
		return host, err
	}
	return host, conn.Close()
}

// origin is the address, host:port, of the first place to look, "off" if
// looking is forbidden, "" if there is no telling.
func origin(j *job, foreign []string) string {
	for _, path := range foreign {
		if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
			return "" // no module can have that path; the go command says it best
		}
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(j.tc.GOPROXY, "|", ","), ",")
	private := module.MatchPrefixPatterns(j.tc.GONOPROXY, foreign[0])
	switch {
	case first == "off" && !private:
		return "off"
	case first == "direct" || private:
		host, _, _ := strings.Cut(foreign[0], "/")
		return net.JoinHostPort(host, "443")
	}
	return hostPort(first)
}

func hostPort(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	if u.Port() != "" {
		return u.Host
	}
	if u.Scheme == "http" {
		return net.JoinHostPort(u.Hostname(), "80")
	}
	return net.JoinHostPort(u.Hostname(), "443")
}

// throughProxy is the address to dial for another address: that of the HTTP
// proxy, if one is set.
func throughProxy(env []string, address string) string {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy"} {
		if proxy := hostPort(lookup(env, name)); proxy != "" {
			return proxy
		}
	}
	return address
}
