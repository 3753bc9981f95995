// Package jupyter speaks the protocol between a notebook and its kernel: connection
// files, signed messages, and the ZeroMQ sockets of both sides. It knows nothing of
// Go programs, of cells or of pictures.
//
// A [Front] is the kernel's side: it listens where the connection file says and
// hands over well-formed requests only. A [Back] is the other side: it talks to a
// kernel, as a front end does. A [Client] runs code through a Back and collects
// what comes of it.
//
// # What is in front of zmq4
//
// The library go-zeromq/zmq4 carries the messages: it shakes hands, frames,
// subscribes and routes. It trusts its peers, and a kernel on a TCP port cannot: any
// process of the machine, a web page and a port scanner among them, can connect to
// it, and a front end can hang. So each connection passes a gate, which is a
// transport of our own to zmq4. Each part of the gate is there for an attack, or
// for something that real front ends do, that zmq4 v0.17 gets wrong and has no
// option for. The test named fails when the part is taken out.
//
//	part, lines                   without it                                          test
//	gate.go                 352
//	  accept, admit          40   zmq4 accepts one connection after the other         TestManyHalfOpen
//	    waits after an error      too many open files end or spin the accept loop     TestAcceptGoesOn
//	    most connections          a peer that opens thousands takes all files         TestManyConnections
//	    most handshakes           so does one that never says a word                  TestManyHalfOpen
//	  removeStale            15   the socket file of a killed kernel blocks the next  TestSocketFiles
//	  shake: an identity      3   a peer without one cannot be told from others       TestBrokenPeers
//	  dial                   30   zmq4 gives up, or waits for who never shakes hands  TestDialWaits
//	  joined, left, has      25   zmq4 drops without a word what is for a peer that   TestSentIsNotDropped,
//	                              it does not list (yet): a question would wait for   TestStdin
//	                              ever
//	  finish                 26   Close loses what was sent just before               TestCloseIsBounded
//	handshake.go             98
//	  shake before zmq4      25   one silent peer stops all new ones                  TestHalfOpen
//	    deadline                  and stays for ever                                  TestHalfOpen
//	    panics                    a property that is cut off, or an unknown type of   TestBrokenPeers
//	                              socket, ends the process
//	    longest identity          replies cannot be framed                            TestBrokenPeers
//	  shaking                40
//	    first byte                a web browser waits for an answer that never comes  TestBrokenPeers
//	    largest READY             a header takes as much memory as it claims          TestBrokenPeers
//	conn.go                 216
//	  next                   29   a message that is cut off is handed on in part      TestBrokenPeers, TestCutOff
//	    most bytes                a header of 2^62 bytes ends the process             TestBrokenPeers
//	    most frames               a message of empty frames grows without end         TestBrokenPeers
//	  command                10   PING of libzmq gets no PONG, and is taken for a     TestPing
//	                              request: the front end thinks the kernel is dead
//	  pass                   16   a subscriber that sends other messages stops PUB;   TestTalkativeSubscriber
//	                              endless topics take all memory
//	  type gone               8   zmq4 keeps a broken connection in its lists         TestBrokenPeersAreForgotten
//	  sendBatch: deadline     4   a hung front end keeps its queue for ever           TestIdleSubscriber
//	  finish: half-close     14   closing with unread input resets the connection,    TestCloseToTalkers
//	                              and the last messages are lost
//	outbox.go               139   one front end that does not read stops all others   TestStuckSubscriber, TestStuckClient
//	    senders wait              what waits for it takes all memory                  TestStuckSubscriber
//	    batches                   a slow reader of a long queue counts as hung        TestLongQueueIsTakenInParts
//	splitter.go              40   PONG, written between zmq4's header and body,       TestPing, TestCloseDrains
//	                              breaks the message
//	tap.go                  104
//	  reserve                13   zmq4 queues what is published without bound         TestStuckSubscriber
//	  settle                 14   Close does not know what has been handed out        TestCloseDrains
//	zmtp.go                 116   the frames, for conn.go and splitter.go
//	  flags                       reserved flags reach zmq4                           TestBrokenPeers
//	  readBody               16   memory is taken for bytes that do not come          TestFrameSizeTakesNoMemory
//	limits.go                41   the numbers of all that; heartbeats have smaller    TestStuckHeartbeat
//	                              ones, so that no peer holds up another's
package jupyter
