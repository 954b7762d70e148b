# syntax=docker/dockerfile:1
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# Static, with the time zones built in.
RUN CGO_ENABLED=0 go build -trimpath -tags timetzdata -ldflags "-s -w" -o /out/portal ./cmd/portal \
	&& mkdir -p /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/portal /portal
COPY --from=build --chown=65532:65532 /out/data /data
COPY LICENSE NOTICE /
# There is no /tmp: what a large upload is kept in meanwhile is in the volume too.
ENV PORTAL_ADDR=0.0.0.0:8080 PORTAL_DATA=/data TMPDIR=/data
USER 65532:65532
VOLUME /data
EXPOSE 8080
# The image has no shell and no curl: the program asks itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
	CMD ["/portal", "doctor", "--url", "http://127.0.0.1:8080"]
ENTRYPOINT ["/portal"]
CMD ["serve"]
