package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// patience is how long one reply may take.
const patience = 30 * time.Second

// conn is a keep-alive HTTP/1.1 connection, hand-written: the client shares
// the machine with the server, and net/http's client would take as much of it
// as the server does. It sends requests as they are given and understands
// replies with a length or in chunks.
type conn struct {
	addr string
	c    net.Conn
	r    *bufio.Reader
	body []byte
}

func newConn(addr string) *conn { return &conn{addr: addr} }

// do sends one request and reads its reply. The body is valid until the next
// call. After an error the next call dials again.
func (c *conn) do(request []byte) (status int, body []byte, err error) {
	if err := c.open(); err != nil {
		return 0, nil, err
	}
	if err := c.c.SetDeadline(time.Now().Add(patience)); err != nil {
		return 0, nil, err
	}
	if _, err = c.c.Write(request); err == nil {
		status, err = c.read()
	}
	if err != nil {
		c.close()
	}
	return status, c.body, err
}

func (c *conn) open() error {
	if c.c != nil {
		return nil
	}
	dialed, err := net.DialTimeout("tcp", c.addr, 5*time.Second) //nolint:noctx // bounded by its timeout
	if err != nil {
		return err
	}
	c.c, c.r = dialed, bufio.NewReaderSize(dialed, 64<<10)
	return nil
}

func (c *conn) close() {
	if c.c != nil {
		_ = c.c.Close()
		c.c = nil
	}
}

var errReply = errors.New("not an HTTP/1.1 reply")

func (c *conn) read() (int, error) {
	line, err := c.r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.")) {
		return 0, errReply
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return 0, errReply
	}
	length, last, err := c.readHeader()
	if err == nil && length < 0 {
		err = c.readChunks()
	} else if err == nil {
		err = c.readBody(length)
	}
	if last && err == nil {
		c.close()
	}
	return status, err
}

// readHeader returns the body's length, -1 for chunks, and whether the server
// closes the connection.
func (c *conn) readHeader() (length int, last bool, err error) {
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return length, last, nil
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case isName(name, "content-length"):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, false, errReply
			}
		case isName(name, "transfer-encoding"):
			length = -1
		case isName(name, "connection"):
			last = bytes.EqualFold(value, []byte("close"))
		}
	}
}

func isName(b []byte, name string) bool {
	return len(b) == len(name) && bytes.EqualFold(b, []byte(name))
}

func (c *conn) readBody(n int) (err error) {
	c.body = grow(c.body[:0], n)
	_, err = io.ReadFull(c.r, c.body)
	return err
}

func (c *conn) readChunks() error {
	c.body = c.body[:0]
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseUint(string(bytes.TrimRight(line, "\r\n")), 16, 31)
		if err != nil {
			return fmt.Errorf("chunk: %w", errReply)
		}
		start := len(c.body)
		c.body = grow(c.body, start+int(n))
		if _, err := io.ReadFull(c.r, c.body[start:]); err != nil {
			return err
		}
		if _, err := c.r.Discard(2); err != nil || n == 0 {
			return err
		}
	}
}

// grow returns b with length n, keeping what it holds.
func grow(b []byte, n int) []byte {
	if n <= cap(b) {
		return b[:n]
	}
	bigger := make([]byte, n, n+n/2)
	copy(bigger, b)
	return bigger
}
