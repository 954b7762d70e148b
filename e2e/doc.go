// Package e2e holds the tests that use the ready product as people do: with a
// browser, on pages of two origins. Package demo below it starts the program,
// portaltest/browser drives Chromium; page objects here hold locators and
// verbs, tests hold expectations.
package e2e
