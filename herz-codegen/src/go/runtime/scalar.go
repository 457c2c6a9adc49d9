package spec

import (
	"cmp"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// MagnitudeKind says what an amount is an amount of.
type MagnitudeKind uint8

const (
	// NoMagnitude: the text is not about an amount.
	NoMagnitude MagnitudeKind = iota

	// Nanoseconds: a span of time.
	Nanoseconds

	// Moment: nanoseconds since 1970-01-01T00:00:00Z.
	Moment

	// Size: bytes.
	Size

	// BytesPerSecond: a data rate.
	BytesPerSecond

	// Percentage: hundredths of a whole.
	Percentage

	// Number: a plain number.
	Number
)

// Magnitude is how much a text says, so that limits and comparisons can be judged.
type Magnitude struct {
	// Kind says what it is an amount of.
	Kind MagnitudeKind

	// Amount is the amount, except for Nanoseconds and Moment.
	Amount float64

	// Whole is the amount in Nanoseconds, or the seconds of a Moment.
	Whole int64

	// Nanos are the nanoseconds of a Moment behind its seconds.
	Nanos int64
}

// Value is the amount in the unit of its kind; false if the text is not about an amount.
func (m Magnitude) Value() (float64, bool) {
	switch m.Kind {
	case NoMagnitude:
		return 0, false
	case Nanoseconds:
		return float64(m.Whole), true
	case Moment:
		nanos := new(big.Int).Mul(big.NewInt(m.Whole), big.NewInt(1e9))
		nanos.Add(nanos, big.NewInt(m.Nanos))
		value, _ := new(big.Float).SetInt(nanos).Float64()
		return value, true
	default:
		return m.Amount, true
	}
}

// Compare tells which of two amounts of one unit is greater, exactly; false for different units.
func (m Magnitude) Compare(other Magnitude) (int, bool) {
	if m.Kind != other.Kind || m.Kind == NoMagnitude {
		return 0, false
	}
	switch m.Kind {
	case Nanoseconds:
		return cmp.Compare(m.Whole, other.Whole), true
	case Moment:
		return cmp.Or(cmp.Compare(m.Whole, other.Whole), cmp.Compare(m.Nanos, other.Nanos)), true
	}
	if m.Amount != m.Amount || other.Amount != other.Amount {
		return 0, false
	}
	return cmp.Compare(m.Amount, other.Amount), true
}

// ScalarError says why a text is not well formed in its dialect.
type ScalarError struct {
	// Message is what is wrong, as one phrase that names the text.
	Message string

	// Allowed is what is allowed, as one phrase.
	Allowed string
}

// Error gives both.
func (e *ScalarError) Error() string { return e.Message + "; allowed is " + e.Allowed }

// Parse reads a text: how much it says, or why it is not well formed.
func (d Dialect) Parse(text string) (Magnitude, *ScalarError) {
	magnitude, problem := d.read(text)
	if problem != "" {
		return Magnitude{}, &ScalarError{problem, d.Allowed()}
	}
	return magnitude, nil
}

func (d Dialect) check(text string) (Magnitude, error) {
	magnitude, err := d.Parse(text)
	if err != nil {
		return magnitude, err
	}
	return magnitude, nil
}

// Duration is the span of time that the text says.
func (t GoDuration) Duration() (time.Duration, error) {
	magnitude, err := t.Parse()
	return time.Duration(magnitude.Whole), err
}

// Duration is the span of time that the text says.
func (t Duration) Duration() (time.Duration, error) {
	magnitude, err := t.Parse()
	return time.Duration(magnitude.Whole), err
}

// read gives what a text says, or what is wrong with it.
func (d Dialect) read(text string) (Magnitude, string) {
	switch d {
	case DialectDuration:
		return readDuration(text)
	case DialectDurationGo:
		nanos, problem := readGoDuration(text)
		return Magnitude{Kind: Nanoseconds, Whole: nanos}, problem
	case DialectPercent:
		return readPercent(text)
	case DialectPercentGo:
		value, problem := readGoFloat(text)
		return Magnitude{Kind: Percentage, Amount: value}, problem
	case DialectPercentChaosd:
		value, problem := readGoFloat(text)
		if problem == "" && value <= 0 {
			problem = quoteScalar(text) + " is not over 0"
		}
		return atMost100(text, value, problem)
	case DialectCorrelationChaosd:
		value, problem := readGoFloat(text)
		if problem == "" && value < 0 {
			problem = quoteScalar(text) + " is less than 0"
		}
		return atMost100(text, value, problem)
	case DialectByteSize:
		return readByteSize(text)
	case DialectByteSizeDocker:
		return readDockerSize(text)
	case DialectByteSizeChaosd:
		return readChaosdSize(text)
	case DialectRate:
		return readRate(text)
	case DialectRateTc:
		return readTcRate(text)
	case DialectIp:
		return Magnitude{}, checkAddress(text)
	case DialectCidr:
		return Magnitude{}, checkCidr(text)
	case DialectHostname:
		return Magnitude{}, checkName(text, 63, true)
	case DialectDns1123:
		return Magnitude{}, checkName(text, 253, false)
	case DialectCron:
		return Magnitude{}, checkCron(text)
	case DialectTimestamp:
		return readTimestamp(text)
	case DialectQuantity:
		return readQuantity(text)
	case DialectRegex:
		if problem := checkPortable(text); problem != "" {
			return Magnitude{}, quoteScalar(text) + " has an error: " + problem
		}
		return Magnitude{}, ""
	case DialectUrl:
		return Magnitude{}, checkURL(text)
	case DialectUrlGo:
		return Magnitude{}, checkGoURL(text)
	case DialectIntegerGo:
		value, fault := atoi(text)
		switch fault {
		case tooBig:
			return Magnitude{}, quoteScalar(text) + " is more than 64 bits"
		case malformed:
			return Magnitude{}, quoteScalar(text) + " is no whole number"
		}
		return Magnitude{Kind: Number, Amount: float64(value), Whole: value}, ""
	case DialectStatusCode:
		return readStatusCode(text)
	}
	return Magnitude{}, ""
}

// fault says why a text is no number.
type fault uint8

const (
	fine fault = iota
	malformed
	tooBig
)

// atoi reads a whole number as strconv.Atoi: a sign or none, decimal digits, 64 bits.
func atoi(text string) (int64, fault) {
	_, digits := splitSign(text)
	if !isDigits(digits) {
		return 0, malformed
	}
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, tooBig
	}
	return value, fine
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

func isDigits(text string) bool {
	for at := 0; at < len(text); at++ {
		if !isDigit(text[at]) {
			return false
		}
	}
	return text != ""
}

func splitDigits(text string) (string, string) {
	at := 0
	for at < len(text) && isDigit(text[at]) {
		at++
	}
	return text[:at], text[at:]
}

func splitSign(text string) (bool, string) {
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return true, rest
	}
	return false, strings.TrimPrefix(text, "+")
}

// splitDecimal takes a plain decimal number from the start of a text.
func splitDecimal(text string) (string, string) {
	whole, rest := splitDigits(text)
	if behind, ok := strings.CutPrefix(rest, "."); ok {
		fraction, after := splitDigits(behind)
		if whole != "" || fraction != "" {
			return text[:len(text)-len(after)], after
		}
	}
	return whole, rest
}

// untilNumber takes what stands before the next digit or point.
func untilNumber(text string) (string, string) {
	at := 0
	for at < len(text) && text[at] != '.' && !isDigit(text[at]) {
		at++
	}
	return text[:at], text[at:]
}

// lower is the text in lower case, as far as the result is ASCII.
func lower(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\u212a':
			return 'k'
		case c == '\u0130':
			return 'i'
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		}
		return c
	}, text)
}

func cut(text, sep string) (string, string, bool) { return strings.Cut(text, sep) }

func hasPrefix(text, start string) bool { return strings.HasPrefix(text, start) }

// cutLast cuts at the last occurrence of sep.
func cutLast(text, sep string) (before, after string, found bool) {
	if at := strings.LastIndex(text, sep); at >= 0 {
		return text[:at], text[at+len(sep):], true
	}
	return text, "", false
}

func groupOf(version string) string {
	if group, _, found := strings.Cut(version, "/"); found {
		return group
	}
	return ""
}

var patterns sync.Map

// matches tells whether a pattern in the portable subset matches somewhere in a text. A pattern
// that is none holds.
func matches(pattern, text string) bool {
	known, ok := patterns.Load(pattern)
	if !ok {
		var compiled *regexp.Regexp
		if checkPortable(pattern) == "" {
			if found, err := regexp.Compile(pattern); err == nil {
				compiled = found
			}
		}
		known, _ = patterns.LoadOrStore(pattern, compiled)
	}
	compiled, _ := known.(*regexp.Regexp)
	return compiled == nil || compiled.MatchString(text)
}

// decodeBase64 gives the bytes, or what is wrong.
func decodeBase64(text string) ([]byte, string) {
	bytes := make([]byte, 0, len(text)/4*3)
	group, letters, padding := uint32(0), 0, 0
	push := func(group uint32, letters int) {
		for at, needs := range []int{2, 3, 4} {
			if letters >= needs {
				bytes = append(bytes, byte(group>>(16-8*at)))
			}
		}
	}
	for _, letter := range text {
		var value uint32
		switch {
		case letter == '\r' || letter == '\n':
			continue
		case 'A' <= letter && letter <= 'Z':
			value = uint32(letter - 'A')
		case 'a' <= letter && letter <= 'z':
			value = uint32(letter-'a') + 26
		case '0' <= letter && letter <= '9':
			value = uint32(letter-'0') + 52
		case letter == '+':
			value = 62
		case letter == '/':
			value = 63
		case letter == '=' && letters+padding < 4 && letters >= 2:
			padding++
			continue
		case letter == '=':
			return nil, "base64 has padding that does not fit"
		case letter == '-' || letter == '_':
			return nil, "the URL form of base64 is used, not the standard one"
		default:
			return nil, "a character stands here that base64 does not have"
		}
		if padding > 0 {
			return nil, "base64 goes on after its padding"
		}
		if letters == 4 {
			push(group, 4)
			group, letters = 0, 0
		}
		group = group<<6 | value
		letters++
	}
	if letters != 0 && letters+padding != 4 {
		return nil, "base64 ends too early: its length must be a multiple of 4"
	}
	push(group<<(6*(4-letters)), letters)
	return bytes, ""
}

func isSpace(c rune) bool { return unicode.IsSpace(c) }
