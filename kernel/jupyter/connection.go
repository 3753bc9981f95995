package jupyter

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// Connection is the content of a connection file: where a kernel's five
// sockets are and the key that signs messages.
type Connection struct {
	Transport       string `json:"transport"` // "tcp" or "ipc"
	IP              string `json:"ip"`        // for ipc the path that every socket's path begins with
	Key             string `json:"key"`       // empty: messages are not signed
	SignatureScheme string `json:"signature_scheme"`
	KernelName      string `json:"kernel_name,omitempty"`
	ShellPort       int    `json:"shell_port"`
	IOPubPort       int    `json:"iopub_port"`
	StdinPort       int    `json:"stdin_port"`
	ControlPort     int    `json:"control_port"`
	HBPort          int    `json:"hb_port"`
}

const scheme = "hmac-sha256"

// NewConnection describes a private kernel with a fresh key, whose sockets
// are files in dir. The folder should be readable by its owner only.
func NewConnection(dir string) *Connection {
	return &Connection{
		Transport: "ipc", IP: filepath.Join(dir, "s"), Key: newID(), SignatureScheme: scheme,
		ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HBPort: 5,
	}
}

// ReadConnection reads and checks a connection file.
func ReadConnection(path string) (*Connection, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading connection file: %w", err)
	}
	c := new(Connection)
	if err := json.Unmarshal(text, c); err != nil {
		return nil, fmt.Errorf("parsing connection file %q: %w", path, err)
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("connection file %q: %w", path, err)
	}
	return c, nil
}

// Write stores the connection file so that only its owner can read the key.
func (c *Connection) Write(path string) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("writing connection file: %w", err)
	}
	return os.Chmod(path, 0o600) // the file may have been there
}

// address names the socket at a port as package net does.
func (c *Connection) address(port int) (network, address string) {
	if c.Transport == "ipc" {
		return "unix", c.IP + "-" + strconv.Itoa(port)
	}
	ip := c.IP
	if ip == "" || ip == "*" {
		ip = "0.0.0.0"
	}
	return "tcp", net.JoinHostPort(ip, strconv.Itoa(port))
}

func (c *Connection) check() error {
	if c.Transport == "" {
		c.Transport = "tcp"
	}
	if c.Transport != "tcp" && c.Transport != "ipc" {
		return fmt.Errorf("transport %q: only tcp and ipc are known", c.Transport)
	}
	if c.SignatureScheme != scheme && c.Key != "" {
		return fmt.Errorf("signature_scheme %q: only %s is known", c.SignatureScheme, scheme)
	}
	if c.Transport == "ipc" && c.IP == "" {
		return fmt.Errorf("ip is empty: an ipc connection needs a path")
	}
	for _, port := range c.ports() {
		if err := c.checkPort(port.name, port.number); err != nil {
			return err
		}
	}
	return nil
}

// longestPath is what fits a Unix socket's address on Linux (sun_path, 108
// bytes with the final zero).
const longestPath = 107

func (c *Connection) checkPort(name string, port int) error {
	if port < 0 || port > 65535 {
		return fmt.Errorf("%s %d: a port is a number up to 65535", name, port)
	}
	if c.Transport != "ipc" {
		return nil
	}
	if _, path := c.address(port); len(path) > longestPath {
		return fmt.Errorf("ipc path %q is %d bytes long: the system allows %d", path, len(path), longestPath)
	}
	return nil
}

type port struct {
	name   string
	number int
}

func (c *Connection) ports() []port {
	return []port{
		{"shell_port", c.ShellPort}, {"iopub_port", c.IOPubPort}, {"stdin_port", c.StdinPort},
		{"control_port", c.ControlPort}, {"hb_port", c.HBPort},
	}
}

// newID gives 32 random hexadecimal digits.
func newID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
