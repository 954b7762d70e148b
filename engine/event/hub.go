// Package event carries what happened inside the engine to whoever waits for
// it: live subscribers of a topic, and the mails that an act sends.
package event

import "sync"

// Hub tells subscribers that a topic changed. A signal carries nothing: the
// subscriber reads the present state, so that any number of changes while it
// was busy make one signal, and a lost one costs nothing.
type Hub struct {
	mu     sync.Mutex
	topics map[string]map[chan struct{}]struct{}
	closed bool
}

// NewHub makes a hub without subscribers.
func NewHub() *Hub { return &Hub{topics: map[string]map[chan struct{}]struct{}{}} }

// Subscribe gives a channel that holds at most one pending signal of the
// topic, and the function that ends the subscription. The channel is closed
// when the hub shuts down.
func (h *Hub) Subscribe(topic string) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(c)
		return c, func() {}
	}
	if h.topics[topic] == nil {
		h.topics[topic] = map[chan struct{}]struct{}{}
	}
	h.topics[topic][c] = struct{}{}
	return c, func() { h.drop(topic, c) }
}

func (h *Hub) drop(topic string, c chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.topics[topic], c)
	if len(h.topics[topic]) == 0 {
		delete(h.topics, topic)
	}
}

// Signal wakes every subscriber of the topic; it never blocks.
func (h *Hub) Signal(topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.topics[topic] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Subscribers is how many wait on the topic.
func (h *Hub) Subscribers(topic string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.topics[topic])
}

// Close ends every subscription, so that open streams finish.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, subscribers := range h.topics {
		for c := range subscribers {
			close(c)
		}
	}
	h.topics = map[string]map[chan struct{}]struct{}{}
}
