package cli

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"threading101/kernel/room"
	"threading101/kernel/words/learning"
)

// openRoom serves a class's room until it is interrupted.
func openRoom(env Env, args []string) int {
	flags := flag.NewFlagSet("threading101 room", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	address := flags.String("addr", ":8101", learning.HelpRoomAddr)
	code := flags.String("code", "", learning.HelpRoomCode)
	prefix := flags.String("prefix", os.Getenv("JUPYTERHUB_SERVICE_PREFIX"), learning.HelpRoomPrefix)
	if flags.Parse(args) != nil {
		return 2
	}
	if flags.NArg() > 0 {
		flags.Usage()
		return 2
	}
	if *code == "" {
		*code = room.NewCode()
	}
	if !room.IsCode(*code) {
		fmt.Fprintln(env.Stderr, learning.RoomShortCode(room.MinCode))
		return 2
	}
	// Not by SIGPIPE: a browser that goes away is no reason.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	l, err := net.Listen("tcp", *address)
	if err != nil {
		fmt.Fprintln(env.Stderr, learning.RoomNotOpen(err))
		return 1
	}
	secret := room.NewSecret()
	r := room.New(*code, secret)
	r.Address = reachedAt(l.Addr())
	again := fmt.Sprintf("threading101 room -addr %s -code %s", *address, room.Spelt(*code))
	if path := strings.Trim(*prefix, "/"); path != "" {
		r.Prefix = "/" + path + "/"
		fmt.Fprint(env.Stdout, learning.RoomBelow(r.Prefix, room.Spelt(*code), r.Prefix+"teacher#"+secret))
	} else {
		fmt.Fprint(env.Stdout, learning.RoomOpen(r.Address, room.Spelt(*code), "http://"+r.Address+"/teacher#"+secret, again))
	}
	if err := r.Serve(ctx, l); err != nil {
		fmt.Fprintln(env.Stderr, learning.RoomNotOpen(err))
		return 1
	}
	return 0
}

// reachedAt is where others find what listens at an address: on all networks, that is the
// one by which this machine would leave.
func reachedAt(a net.Addr) string {
	t, ok := a.(*net.TCPAddr)
	if !ok || !t.IP.IsUnspecified() {
		return a.String()
	}
	host := "localhost"
	if c, err := net.Dial("udp", "192.0.2.1:9"); err == nil { // sends nothing: it asks for the way
		host = c.LocalAddr().(*net.UDPAddr).IP.String()
		c.Close()
	}
	return net.JoinHostPort(host, strconv.Itoa(t.Port))
}
