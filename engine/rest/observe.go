package rest

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"laurel/api"
)

type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newMetrics(r *prometheus.Registry) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "laurel_api_requests_total", Help: "Requests by route, method and status."}, []string{"route", "method", "status"}),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "laurel_api_seconds", Help: "Time to answer by route.", Buckets: prometheus.ExponentialBuckets(.0005, 2, 14)}, []string{"route"}),
	}
	r.MustRegister(m.requests, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// observe counts, times and logs each request.
func (k *Kit) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		defer forgetForm(c)
		if err := next(c); err != nil {
			c.Error(err)
		}
		route := c.Path()
		if route == "" {
			route = "none"
		}
		status := c.Response().Status
		k.noteUse(c, status)
		k.metrics.requests.WithLabelValues(route, c.Request().Method, strconv.Itoa(status)).Inc()
		k.metrics.seconds.WithLabelValues(route).Observe(time.Since(start).Seconds())
		if k.cfg.AccessLog {
			k.logAccess(c, status, time.Since(start))
		}
		return nil
	}
}

// recovered makes a panic a 500 and a line in the log. A reply that had to be
// cut off stays cut off.
func (k *Kit) recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if failure, ok := cause.(error); ok && errors.Is(failure, http.ErrAbortHandler) {
				panic(cause)
			}
			err = fmt.Errorf("operation panicked: %v\n%s", cause, debug.Stack())
			if c.Response().Committed { // nobody else would tell
				k.logFault(c.Request().Context(), classify(err), err)
			}
		}()
		return next(c)
	}
}

func (k *Kit) logAccess(c echo.Context, status int, took time.Duration) {
	s := stateOf(c.Request().Context())
	k.cfg.Log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
		slog.String("method", c.Request().Method), slog.String("route", c.Path()), slog.Int("status", status),
		slog.Duration("took", took), slog.String("ip", s.ip), slog.String("requestId", s.requestID),
		slog.String("community", s.caller.CommunityID), slog.String("caller", s.caller.KeyID))
}

// health serves what watchers ask: alive, ready, and the figures.
func (k *Kit) health() {
	k.echo.GET("/healthz", func(c echo.Context) error { return c.JSON(http.StatusOK, map[string]string{"status": "ok"}) })
	k.echo.GET("/readyz", func(c echo.Context) error {
		for _, check := range k.readiness {
			if err := check(); err != nil {
				return &api.Error{Kind: api.Unavailable, Code: "not_ready", Message: err.Error(), RetryAfter: time.Second}
			}
		}
		return c.JSON(http.StatusOK, map[string]string{"status": "ready"})
	})
	serve := echo.WrapHandler(promhttp.HandlerFor(k.registry, promhttp.HandlerOpts{}))
	k.echo.GET("/metrics", func(c echo.Context) error {
		if ip := net.ParseIP(c.RealIP()); ip == nil || !(ip.IsLoopback() || ip.IsPrivate()) {
			return api.NewError(api.Forbidden, "metrics_private", "Metrics are shown to the private network only.")
		}
		return serve(c)
	})
}
