package spec

import "strconv"

// exact: whole numbers up to here are exact as floats.
const exact = 9007199254740992.0

type state uint8

const (
	stateAbsent state = iota
	stateNull
	stateValue
)

// Opt is a field that may be absent, null or a value: three different things. The zero Opt is
// absent.
type Opt[T any] struct {
	value T
	state state
}

// Some is a value.
func Some[T any](value T) Opt[T] { return Opt[T]{value: value, state: stateValue} }

// NullOpt is null.
func NullOpt[T any]() Opt[T] { return Opt[T]{state: stateNull} }

// Get gives the value, and whether there is one.
func (o Opt[T]) Get() (T, bool) { return o.value, o.state == stateValue }

// IsAbsent tells whether the key is not there.
func (o Opt[T]) IsAbsent() bool { return o.state == stateAbsent }

// IsNull tells whether the value is null.
func (o Opt[T]) IsNull() bool { return o.state == stateNull }

// IsZero tells whether the key is not there; it serves omitzero.
func (o Opt[T]) IsZero() bool { return o.state == stateAbsent }

// Ptr gives a pointer to a copy of a value, for fields that may be absent.
func Ptr[T any](value T) *T { return &value }

// IntOrString is a whole number or a text, as Kubernetes has it for ports and amounts.
type IntOrString struct {
	// Text, if IsText is true.
	Text string

	// Int, if IsText is false.
	Int int64

	// IsText tells which of the two it is.
	IsText bool
}

// FromInt is a whole number.
func FromInt(value int64) IntOrString { return IntOrString{Int: value} }

// FromText is a text.
func FromText(value string) IntOrString { return IntOrString{Text: value, IsText: true} }

// String gives the number or text.
func (v IntOrString) String() string {
	if v.IsText {
		return v.Text
	}
	return strconv.FormatInt(v.Int, 10)
}

// Bytes are bytes, kept as the base64 text that they were written in.
type Bytes string

// Decode gives the bytes. The text follows RFC 4648 with padding; line breaks may stand anywhere.
func (b Bytes) Decode() ([]byte, error) {
	bytes, problem := decodeBase64(string(b))
	if problem != "" {
		return nil, &ScalarError{Message: problem, Allowed: "base64"}
	}
	return bytes, nil
}
