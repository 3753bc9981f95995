// Package jupyter speaks the Jupyter wire protocol: connection files, signed
// messages, and the ZeroMQ sockets of both sides. It knows nothing of Go
// programs, of cells or of pictures.
//
// A [Front] is the kernel's side: it listens where the connection file says
// and hands over well-formed requests only. A [Back] is the other side: it
// talks to a kernel, as a front end does. A [Client] runs code through a Back
// and collects what comes of it.
//
// Both sides use go-zeromq/zmq4, which trusts its peers: a half-open
// connection blocks all new ones, a frame header of 2^62 bytes or a malformed
// property ends the process, one subscriber that does not read stops all
// others. So every connection goes through a transport of our own, the gate
// (gate.go), which does the ZMTP handshake itself, hands on whole messages
// within limits, answers PING, and queues what goes out.
package jupyter
