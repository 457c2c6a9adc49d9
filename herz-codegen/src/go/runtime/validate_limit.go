package spec

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

func (c *context) limits(at *place, view View, shape *Shape, around outer, f flags) {
	dialect, scalar := shape.dialect()
	for index := range shape.Limits {
		limit := &shape.Limits[index]
		mended := around.mendedStructure
		if limit.Layer == Admission {
			mended = around.mendedAdmission
		}
		if mended && !isFilled(view) {
			continue
		}
		if !c.limit(at, view, limit, dialect, scalar, around, f) {
			return
		}
	}
}

// limit judges a value by one limit. False if the value is so wrong that no other limit says more.
func (c *context) limit(at *place, view View, limit *Limit, dialect Dialect, scalar bool, around outer, f flags) bool {
	level := f.level(limit.Level, limit.Layer)
	seen := func(text string) string {
		if around.normalize != nil && limit.Layer == Admission {
			return around.normalize.apply(text)
		}
		return text
	}
	shown := func() *string {
		if f.sensitive {
			return nil
		}
		return shownView(view)
	}
	text, isText := view.(string)
	switch limit.Kind {
	case LimitRange:
		number, ok := magnitudeOf(view, dialect, scalar)
		if ok && !inside(number, limit.Min, limit.Max) {
			c.push(at, CodeOutOfRange, level, msgOutOfRange(shown(), rangeWords(limit.Min, limit.Max)))
		}
	case LimitMultipleOf:
		number, ok := magnitudeOf(view, dialect, scalar)
		if ok && limit.Step != 0 && !divides(view, number, limit.Step) {
			c.push(at, CodeMultipleOf, level, msgMultipleOf(shown(), floatText(limit.Step)))
		}
	case LimitLength:
		if !isText {
			return true
		}
		characters := uint64(utf8.RuneCountInString(seen(text)))
		if !within(characters, limit.Least, limit.Most) {
			words := countWords(limit.Least, limit.Most)
			c.push(at, CodeLength, level, msgLength(strconv.FormatUint(characters, 10), words))
		}
	case LimitItems:
		entries := uint64(0)
		switch v := view.(type) {
		case Object:
			return true
		case List:
			entries = uint64(v.Len())
		case Map:
			entries = uint64(v.Len())
		default:
			return true
		}
		if !within(entries, limit.Least, limit.Most) {
			words := countWords(limit.Least, limit.Most)
			c.push(at, CodeItems, level, msgItems(strconv.FormatUint(entries, 10), words))
		}
	case LimitPattern:
		if !isText {
			return true
		}
		if !f.advice && text != "" && scalar {
			// A malformed text is reported as that; one cause, one finding.
			if _, err := dialect.Parse(seen(text)); err != nil {
				return true
			}
		}
		if !matches(limit.Pattern, seen(text)) {
			c.push(at, CodePattern, level, msgPattern(f.show(text), limit.Pattern))
		}
	case LimitUniqueItems:
		if list, ok := view.(List); ok {
			c.uniqueItems(at, list, level, f)
		}
	case LimitToldApart:
		if list, ok := view.(List); ok {
			c.toldApart(at, list, limit.Values, level, f)
		}
	case LimitScalar, LimitGrammar:
		if isText {
			if limit.AllowEmpty && text == "" {
				return true
			}
			if _, err := limit.Dialect.Parse(seen(text)); err != nil {
				if f.sensitive {
					c.push(at, CodeGrammar, level, msgGrammarHidden(err.Allowed))
				} else {
					c.push(at, CodeGrammar, level, msgGrammar(err.Message, err.Allowed))
				}
			}
		} else if limit.Kind == LimitGrammar {
			c.eachText(at, view, limit, around, f)
		}
	case LimitEnum:
		if isText {
			return c.choice(at, text, limit.Choice, level, f)
		}
	case LimitOneOf:
		if isText {
			if !contains(limit.Values, seen(text)) {
				c.push(at, CodeNotAllowed, level, msgNotAllowed(f.show(text), limit.Values))
			}
		} else {
			c.eachText(at, view, limit, around, f)
		}
	case LimitBase64:
		if isText {
			if _, problem := decodeBase64(text); problem != "" {
				c.push(at, CodeGrammar, level, msgNotBase64(problem))
				return false
			}
		}
	}
	return true
}

// eachText: on a list of texts a limit is about each of them.
func (c *context) eachText(at *place, view View, limit *Limit, around outer, f flags) {
	list, ok := view.(List)
	if !ok {
		return
	}
	for index := 0; index < list.Len(); index++ {
		if _, isText := list.Item(index).(string); isText {
			c.limit(at.item(index), list.Item(index), limit, 0, false, around, f)
		}
	}
}

// choice judges one of the values of an enum. False if it is none.
func (c *context) choice(at *place, text string, choice *Choice, level Level, f flags) bool {
	if contains(choice.Values, text) {
		for index := range choice.Deprecated {
			if choice.Deprecated[index].Name == text {
				c.deprecated(at, "value", text, &choice.Deprecated[index])
				break
			}
		}
		return true
	}
	if text == "" && choice.AllowEmpty {
		return false
	}
	for _, gone := range choice.Gone {
		if gone[0] == text {
			platform, until := splitSince(gone[1])
			c.push(at, CodeGone, level, msgGone("value", text, platform, until, "the newest release"))
			return false
		}
	}
	c.push(at, CodeNotAllowed, level, msgNotAllowed(f.show(text), choice.Values))
	return false
}

func (c *context) uniqueItems(at *place, list List, level Level, f flags) {
	seen := make(map[string]int)
	for index := 0; index < list.Len(); index++ {
		item := list.Item(index)
		key := identity(item)
		first, there := seen[key]
		if !there {
			seen[key] = index
			continue
		}
		var text *string
		if !f.sensitive {
			text = shownView(item)
		}
		c.push(at.item(index), CodeDuplicateItem, level, msgDuplicateItem(text, strconv.Itoa(first)))
	}
}

// toldApart judges a list whose items differ in these fields together; without fields, as a whole.
func (c *context) toldApart(at *place, list List, by []string, level Level, f flags) {
	seen := make(map[string]int)
	for index := 0; index < list.Len(); index++ {
		key, shown, there := toldBy(at.item(index), list.Item(index), by)
		if !there {
			continue
		}
		first, known := seen[key]
		if !known {
			seen[key] = index
			continue
		}
		if f.sensitive {
			shown = nil
		}
		c.push(at.item(index), CodeDuplicateItem, level, msgDuplicateItem(shown, strconv.Itoa(first)))
	}
}

// toldBy is what an item is told apart by, and how messages show it. False: a key is absent, which is reported as that.
func toldBy(at *place, item View, by []string) (key string, shown *string, there bool) {
	if len(by) == 0 {
		return identity(item), shownView(item), true
	}
	var texts []string
	hidden := false
	for _, name := range by {
		absent := false
		steps(&leaf{place: at, view: item}, FieldPath{name}, Structure, func(end *leaf) {
			if end.view == nil {
				absent = true
				return
			}
			key += identity(end.view) + "\n"
			text := shownView(end.view)
			if text == nil || end.sensitive {
				hidden = true
				return
			}
			texts = append(texts, name+": "+*text)
		})
		if absent {
			return "", nil, false
		}
	}
	if hidden {
		return key, nil, true
	}
	all := strings.Join(texts, ", ")
	return key, &all, true
}

// apply gives the text that admission sees.
func (n *Normalize) apply(text string) string {
	if n.CutAt != "" {
		before, _, _ := cut(text, n.CutAt)
		return before
	}
	if hasPrefix(text, n.Unless) || (text == "" && n.KeepEmpty) {
		return text
	}
	return n.Prefix + text
}

func contains(list []string, text string) bool {
	for _, one := range list {
		if one == text {
			return true
		}
	}
	return false
}

// magnitudeOf is the number that a range is about.
func magnitudeOf(view View, dialect Dialect, scalar bool) (float64, bool) {
	switch v := view.(type) {
	case int64:
		return float64(v), true
	case uint64:
		return float64(v), true
	case float64:
		return v, true
	case string:
		if !scalar {
			return 0, false
		}
		magnitude, err := dialect.Parse(v)
		if err != nil {
			return 0, false
		}
		return magnitude.Value()
	}
	return 0, false
}

// inside tells whether a number is in a range; NaN is in none.
func inside(value float64, least, most *Bound) bool {
	above := least == nil || value > least.Value || (!least.Exclusive && value == least.Value)
	below := most == nil || value < most.Value || (!most.Exclusive && value == most.Value)
	return above && below
}

func within(count uint64, least, most *uint64) bool {
	return (least == nil || count >= *least) && (most == nil || count <= *most)
}

// divides tells whether a value, or the number that it says, is a multiple of a step: exactly, where both
// are whole.
func divides(view View, number, step float64) bool {
	if whole := int64(step); math.Abs(step) < 1<<62 && float64(whole) == step {
		switch v := view.(type) {
		case int64:
			return v%whole == 0
		case uint64:
			return v%uint64(math.Abs(step)) == 0
		}
	}
	return isMultiple(number, step)
}

func isMultiple(value, step float64) bool {
	if value == math.Trunc(value) && step == math.Trunc(step) {
		return math.Mod(value, step) == 0
	}
	parts := value / step
	return math.Abs(parts-math.Round(parts)) <= 1e-9*math.Max(math.Abs(parts), 1)
}
