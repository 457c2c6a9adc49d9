package spec

import (
	"strconv"
	"strings"
	"unicode"
)

// shownLength: texts longer than this are cut in messages.
const shownLength = 60

// quote puts a text between back ticks, cut if it is long, with control characters escaped.
func quote(text string) string {
	var out strings.Builder
	out.WriteByte('`')
	count := 0
	for _, c := range text {
		if count == shownLength {
			out.WriteString("…")
			break
		}
		count++
		switch {
		case c == '\t':
			out.WriteString(`\t`)
		case c == '\n':
			out.WriteString(`\n`)
		case c == '\r':
			out.WriteString(`\r`)
		case c < 0x20 || (0x7f <= c && c < 0xa0):
			out.WriteString(escape(c))
		default:
			out.WriteRune(c)
		}
	}
	out.WriteByte('`')
	return out.String()
}

func escape(c rune) string { return `\u{` + strconv.FormatInt(int64(c), 16) + "}" }

// subject is a value at the start of a sentence; nil for one that must not be shown.
func subject(found *string) string {
	switch {
	case found == nil:
		return "the value"
	case *found == "":
		return "the empty text"
	default:
		return quote(*found)
	}
}

// alternatives are names in a sentence.
func alternatives(names []string, last string) string {
	var out strings.Builder
	for at, name := range names {
		switch {
		case at == 0:
		case at+1 == len(names):
			out.WriteString(" " + last + " ")
		default:
			out.WriteString(", ")
		}
		if name == "" {
			out.WriteString("the empty text")
		} else {
			out.WriteString(quote(name))
		}
	}
	return out.String()
}

func rangeWords(least, most *Bound) string {
	if least != nil && most != nil && !least.Exclusive && !most.Exclusive {
		return least.Text + " to " + most.Text
	}
	var parts []string
	if least != nil {
		word := "at least "
		if least.Exclusive {
			word = "more than "
		}
		parts = append(parts, word+least.Text)
	}
	if most != nil {
		word := "at most "
		if most.Exclusive {
			word = "less than "
		}
		parts = append(parts, word+most.Text)
	}
	if parts == nil {
		return "any number"
	}
	return strings.Join(parts, " and ")
}

func countWords(least, most *uint64) string {
	number := func(value *uint64) string { return strconv.FormatUint(*value, 10) }
	switch {
	case least != nil && most != nil && *least == *most:
		return "exactly " + number(least)
	case least != nil && most != nil:
		return number(least) + " to " + number(most)
	case least != nil:
		return "at least " + number(least)
	case most != nil:
		return "at most " + number(most)
	default:
		return "any number"
	}
}

// cycleWords is a circle of names. Of a long circle the ends are shown.
func cycleWords(names []string) string {
	const ends = 5
	long := len(names) > 2*ends+1
	var out strings.Builder
	out.WriteString(msgCycle())
	for at, name := range names {
		if long && at >= ends && at+ends < len(names) {
			if at == ends {
				out.WriteString(" -> …")
			}
			continue
		}
		if at > 0 {
			out.WriteString(" -> ")
		}
		out.WriteString(quote(name))
	}
	return out.String()
}

// isPlain tells whether a key can stand in a path without quotes.
func isPlain(key string) bool {
	for _, c := range key {
		if c != '_' && c != '-' && !unicode.IsLetter(c) && !unicode.IsNumber(c) && !unicode.Is(unicode.Other_Alphabetic, c) {
			return false
		}
	}
	return key != ""
}

// debug is a text between double quotes, on one line.
func debug(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"':
			out.WriteString(`\"`)
		default:
			out.WriteString(escapeDebug(c))
		}
	}
	out.WriteByte('"')
	return out.String()
}

func extends(c rune) bool {
	return unicode.In(c, unicode.Mn, unicode.Me, unicode.Other_Grapheme_Extend)
}

func escapeDebug(c rune) string {
	switch c {
	case 0:
		return `\0`
	case '\t':
		return `\t`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\\':
		return `\\`
	}
	if extends(c) || !unicode.IsPrint(c) {
		return escape(c)
	}
	return string(c)
}

// quoteScalar is a text in back quotes, on one line, shortened if it is long.
func quoteScalar(text string) string {
	if text == "" {
		return "the empty text"
	}
	var out strings.Builder
	out.WriteByte('`')
	count := 0
	for _, c := range text {
		if count == shownLength {
			out.WriteString("…")
			break
		}
		count++
		if c == '\'' || c == '"' {
			out.WriteRune(c)
		} else {
			out.WriteString(escapeDebug(c))
		}
	}
	out.WriteByte('`')
	return out.String()
}
