package rest

import "testing"

func TestWhatTheValidatorSaysIsPutIntoWords(t *testing.T) {
	for said, want := range map[string]string{
		`expected value to be one of "red, green"`:               "must be one of: red, green",
		`expected string to be RFC 5322 email: mail: no address`: "must be an email address such as ana@example.com",
		`expected string to be RFC 4122 uuid: x`:                 "must be RFC 4122 uuid: x",
		`expected length <= 20`:                                  "must have at most 20 characters",
		`expected array length >= 1`:                             "must not be empty",
		`expected number >= -5`:                                  "must be -5 or more",
		`expected integer`:                                       "must be a whole number",
		`expected object with at least 2 properties`:             "must be object with at least 2 properties",
		`invalid character 'x'`:                                  `invalid character 'x'`,
	} {
		if got := inWords(said); got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}
