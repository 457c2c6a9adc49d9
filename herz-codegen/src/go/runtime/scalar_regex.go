package spec

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	deepestGroup = 32
	mostRepeats  = 1000
	largestRegex = 20000
)

// regexSize is how big a part of an expression becomes.
type regexSize struct{ cost, repeats uint64 }

type regexFrame struct {
	opened int
	size   regexSize
}

// regexChecker finds out whether a regular expression means the same in RE2, Rust, ECMAScript,
// Java and Python.
type regexChecker struct {
	text   string
	at     int
	frames []regexFrame
	// last is what a repetition would repeat.
	last    *regexSize
	problem string
}

func checkPortable(text string) string {
	c := &regexChecker{text: text, frames: make([]regexFrame, 1)}
	for c.at < len(c.text) && c.problem == "" {
		c.step()
	}
	if c.problem == "" {
		c.flush()
	}
	if c.problem == "" && len(c.frames) != 1 {
		c.fail(c.frames[len(c.frames)-1].opened, "this group is not closed")
	}
	return c.problem
}

func (c *regexChecker) fail(offset int, message string) {
	if c.problem == "" {
		c.problem = message + " (at byte " + strconv.Itoa(offset) + ")"
	}
}

func (c *regexChecker) rest() string { return c.text[c.at:] }

func (c *regexChecker) bump() (rune, bool) {
	if c.at >= len(c.text) {
		return 0, false
	}
	r, size := utf8.DecodeRuneInString(c.text[c.at:])
	c.at += size
	return r, true
}

func (c *regexChecker) eat(wanted string) bool {
	there := hasPrefix(c.rest(), wanted)
	if there {
		c.at += len(wanted)
	}
	return there
}

func (c *regexChecker) flush() {
	if c.last == nil {
		return
	}
	last := *c.last
	c.last = nil
	size := &c.frames[len(c.frames)-1].size
	size.cost = add(size.cost, last.cost)
	size.repeats = max(size.repeats, last.repeats)
	if size.cost > largestRegex {
		c.fail(c.at, "the expression becomes too big by its repetitions")
	}
}

func add(a, b uint64) uint64 {
	if a > math.MaxUint64-b {
		return math.MaxUint64
	}
	return a + b
}

func times(a, b uint64) uint64 {
	if a != 0 && b > math.MaxUint64/a {
		return math.MaxUint64
	}
	return a * b
}

func (c *regexChecker) atom(cost uint64) {
	c.flush()
	c.last = &regexSize{cost, 1}
}

func (c *regexChecker) step() {
	start := c.at
	r, _ := c.bump()
	switch r {
	case '(':
		c.open(start)
	case ')':
		c.close(start)
	case '|', '^', '$':
		c.flush()
		c.last = nil
	case '*', '+', '?':
		c.repeat(start, 1)
	case '{':
		count, ok := c.count()
		if !ok {
			c.fail(start, "`{` must be written as `\\{`")
			return
		}
		c.repeat(start, count)
	case '}', ']':
		c.fail(start, "`"+string(r)+"` must be written as `\\"+string(r)+"`")
	case '[':
		c.class(start)
	case '\\':
		c.escape(start, false)
		if c.problem == "" {
			c.atom(1)
		}
	default:
		c.atom(1)
	}
}

func (c *regexChecker) open(start int) {
	c.flush()
	if c.problem == "" && c.eat("?") && !c.eat(":") {
		rest := c.rest()
		starts := func(any ...string) bool {
			for _, one := range any {
				if hasPrefix(rest, one) {
					return true
				}
			}
			return false
		}
		switch {
		case starts("=", "!", "<=", "<!"):
			c.fail(start, "lookaround is not portable")
		case starts("<", "P", "'"):
			c.fail(start, "named groups are not portable: write `(` alone")
		case starts(">"):
			c.fail(start, "atomic groups are not portable")
		default:
			c.fail(start, "flags inside of an expression are not portable")
		}
		return
	}
	if len(c.frames) > deepestGroup {
		c.fail(start, "groups are nested more than "+strconv.Itoa(deepestGroup)+" deep")
		return
	}
	c.frames = append(c.frames, regexFrame{opened: start})
}

func (c *regexChecker) close(start int) {
	c.flush()
	if len(c.frames) < 2 {
		c.fail(start, "`)` closes no group")
		return
	}
	size := c.frames[len(c.frames)-1].size
	c.frames = c.frames[:len(c.frames)-1]
	c.last = &regexSize{size.cost + 1, max(size.repeats, 1)}
}

// repeat: a repetition of what stands before it; count is how often at most it is written out.
func (c *regexChecker) repeat(start int, count uint64) {
	if c.problem != "" {
		return
	}
	if c.last == nil {
		c.fail(start, "nothing stands here that can be repeated")
		return
	}
	count = max(count, 1)
	c.last.cost = add(times(c.last.cost, count), 1)
	c.last.repeats = times(c.last.repeats, count)
	if c.last.repeats > mostRepeats {
		c.fail(start, "repetitions add up to more than "+strconv.Itoa(mostRepeats))
		return
	}
	c.eat("?")
	if hasPrefix(c.rest(), "+") {
		c.fail(c.at, "possessive repetitions are not portable")
		return
	}
	// A second repetition must not follow.
	c.flush()
}

// count is what stands behind {, up to }; false if it is no count.
func (c *regexChecker) count() (uint64, bool) {
	inside, _, found := strings.Cut(c.rest(), "}")
	if !found {
		return 0, false
	}
	number := func(digits string) (uint64, bool) {
		if !isDigits(digits) {
			return 0, false
		}
		value, err := strconv.ParseUint(digits, 10, 64)
		if err != nil {
			// All big numbers are too big.
			return math.MaxUint64, true
		}
		return value, true
	}
	least, most, two := strings.Cut(inside, ",")
	from, ok := number(least)
	if !ok {
		return 0, false
	}
	to := from
	if two && most != "" {
		if to, ok = number(most); !ok {
			return 0, false
		}
	}
	if to < from {
		c.fail(c.at, "a repetition ends before it starts")
		return 0, true
	}
	c.at += len(inside) + 1
	return to, true
}

// escape is what stands behind a backslash: the character that is meant, or false for a class.
func (c *regexChecker) escape(start int, inClass bool) (rune, bool) {
	r, ok := c.bump()
	if !ok {
		c.fail(start, "nothing follows the backslash")
		return 0, false
	}
	switch {
	case r == 't':
		return '\t', true
	case r == 'n':
		return '\n', true
	case r == 'r':
		return '\r', true
	case r == 'f':
		return '\f', true
	case strings.ContainsRune("dDwW", r):
		return 0, false
	case r == 'x':
		rest := c.rest()
		if len(rest) < 2 || !isHex(rest[0]) || !isHex(rest[1]) {
			c.fail(start, "two hex digits must follow `\\x`")
			return 0, false
		}
		value, err := strconv.ParseUint(rest[:2], 16, 8)
		c.at += 2
		return rune(value), err == nil
	case r == '-' && inClass:
		return '-', true
	case strings.ContainsRune("^$\\.*+?()[]{}|/", r):
		return r, true
	case r == '0':
		c.fail(start, "octal escapes are not portable")
	case '1' <= r && r <= '9':
		c.fail(start, "back references are not portable")
	case r == 'A':
		c.fail(start, "`\\A` is not portable: write `^`")
	case r == 'z' || r == 'Z':
		c.fail(start, "`\\z` and `\\Z` are not portable: write `$`")
	case r == 'b' || r == 'B':
		c.fail(start, "word boundaries are not portable")
	case r == 's' || r == 'S':
		c.fail(start, "`\\s` is not portable: write `[ \\t\\r\\n]`")
	case r == 'p' || r == 'P':
		c.fail(start, "Unicode classes are not portable")
	case r == 'u':
		c.fail(start, "`\\u` is not portable: write the character itself")
	default:
		c.fail(start, "the escape "+quoteScalar("\\"+string(r))+" is not portable")
	}
	return 0, false
}

func (c *regexChecker) class(start int) {
	c.eat("^")
	items := uint64(0)
	// The item before, if a range may start with it.
	before, ranged := rune(0), false
	for c.problem == "" {
		at, rest := c.at, c.rest()
		for _, operator := range []string{"&&", "--", "~~", "||"} {
			if hasPrefix(rest, operator) {
				c.fail(at, "`"+operator+"` in a class is not portable")
				return
			}
		}
		r, ok := c.bump()
		switch {
		case !ok:
			c.fail(start, "this class is not closed")
		case r == ']' && items == 0:
			c.fail(at, "a class must not be empty")
		case r == ']':
			c.atom(items)
			return
		case r == '[' && hasPrefix(c.rest(), ":"):
			c.fail(at, "POSIX classes are not portable")
		case r == '[':
			c.fail(at, "`[` in a class must be written as `\\[`")
		case r == '-' && items > 0 && !hasPrefix(c.rest(), "]"):
			if !ranged {
				c.fail(at, "`-` must stand first or last in a class, or be written as `\\-`")
				return
			}
			ranged = false
			end := c.at
			to, there := c.bump()
			switch {
			case to == '\\' && there:
				to, there = c.escape(end, true)
			case to == '[' && there:
				c.fail(end, "`[` in a class must be written as `\\[`")
			}
			switch {
			case !there:
				c.fail(at, "a range must end with a character")
			case before > to:
				c.fail(at, "a range ends before it starts")
			}
		case r == '\\':
			before, ranged = c.escape(at, true)
			items++
		default:
			before, ranged = r, true
			items++
		}
	}
}
