package spec

import (
	"strconv"
	"strings"
)

// Level says how bad a finding is.
type Level string

const (
	// Warning: the platform takes the document but does something else than its author thinks.
	Warning Level = "warning"

	// Error: the platform refuses the document, or it can't mean anything.
	Error Level = "error"
)

// Code is a stable code of a finding, such as HZ0103. A code never changes its meaning.
type Code string

// Violation is one thing that is wrong with a value.
type Violation struct {
	// Code says what kind of thing is wrong.
	Code Code

	// Level says how bad it is.
	Level Level

	// Path is where it is, from the root of what was validated.
	Path Path

	// Message is one sentence: what was found and what is allowed.
	Message string
}

// String gives path, message and code on one line.
func (v Violation) String() string {
	return v.Path.String() + ": " + v.Message + " [" + string(v.Code) + "]"
}

// Violations are findings as an error: what makes a value impossible to read.
type Violations []Violation

// Error lists the errors, one behind the other.
func (v Violations) Error() string {
	var texts []string
	for _, one := range v {
		if one.Level == Error {
			texts = append(texts, one.String())
		}
	}
	return strings.Join(texts, "; ")
}

// HasErrors tells whether there is something that a platform would refuse.
func (v Violations) HasErrors() bool {
	for _, one := range v {
		if one.Level == Error {
			return true
		}
	}
	return false
}

// Segment is one step of a Path: a key, or a place in a list.
type Segment struct {
	// Key of a map or field of an object, if IsIndex is false.
	Key string

	// Index is a place in a list, from 0, if IsIndex is true.
	Index int

	// IsIndex tells which of the two it is.
	IsIndex bool
}

// Path is a place in a document, counted from its root.
type Path []Segment

// String writes the path as spec.templates[1].networkChaos.
func (p Path) String() string {
	var out strings.Builder
	for at, segment := range p {
		switch {
		case segment.IsIndex:
			out.WriteString("[" + strconv.Itoa(segment.Index) + "]")
		case isPlain(segment.Key):
			if at > 0 {
				out.WriteByte('.')
			}
			out.WriteString(segment.Key)
		default:
			out.WriteString("[" + debug(segment.Key) + "]")
		}
	}
	return out.String()
}
