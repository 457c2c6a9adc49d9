package spec

import (
	"math"
	"strings"
	"unicode/utf8"
)

// What CEL rules in generated code are made of. Expressions are views: bool, int64 (also
// nanoseconds), float64, string, List, Map, Object. Nil is «no value»: a field is absent, a text is
// malformed, a number does not fit.

// CelField is a field of an object, with what the structure fills in for an absent key.
func CelField(of View, wire string) View {
	object, ok := of.(Object)
	if !ok {
		return nil
	}
	at := object.Table().position(wire)
	if at < 0 {
		return nil
	}
	field := &object.Table().Fields[at]
	view := notNull(object.Field(at))
	if view == nil && !field.Nullable {
		view = field.filled()
		if text, ok := view.(string); ok && strings.Contains(text, "${") {
			// It stands for what only the document knows.
			return nil
		}
	}
	return view
}

// filled is what the structure fills in for an absent key; nil if nothing.
func (f *Field) filled() View {
	if f.Default == nil || f.Default.Layer != Structure || f.Default.FillEmpty {
		return nil
	}
	if _, made := f.Default.Value.(Generated); made {
		return nil
	}
	return f.Default.Value
}

// CelHas tells whether an object has a field.
func CelHas(of View, wire string) View {
	object, ok := of.(Object)
	if !ok {
		return nil
	}
	at := object.Table().position(wire)
	if at < 0 {
		return false
	}
	return object.Table().Fields[at].filled() != nil || notNull(object.Field(at)) != nil
}

// CelInt is a whole number of 64 bits.
func CelInt(of View) View {
	switch v := of.(type) {
	case int64:
		return v
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < exact {
			return int64(v)
		}
	}
	return nil
}

// CelFloat is a number.
func CelFloat(of View) View {
	switch v := of.(type) {
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case float64:
		return v
	}
	return nil
}

// CelAnd is false as soon as one side is.
func CelAnd(a, b View) View {
	if a == View(false) || b == View(false) {
		return false
	}
	if a == nil {
		return nil
	}
	return b
}

// CelOr is true as soon as one side is.
func CelOr(a, b View) View {
	if a == View(true) || b == View(true) {
		return true
	}
	if a == nil {
		return nil
	}
	return b
}

// CelNot is the opposite.
func CelNot(a View) View {
	if value, ok := a.(bool); ok {
		return !value
	}
	return nil
}

// CelIf chooses.
func CelIf(condition, yes, no View) View {
	value, ok := condition.(bool)
	switch {
	case !ok:
		return nil
	case value:
		return yes
	default:
		return no
	}
}

// CelEqual tells whether two values are the same.
func CelEqual(a, b View) View {
	if a == nil || b == nil {
		return nil
	}
	x, list := a.(List)
	y, ok := b.(List)
	if !list || !ok {
		return same(a, b)
	}
	if x.Len() != y.Len() {
		return false
	}
	for at := 0; at < x.Len(); at++ {
		if CelEqual(x.Item(at), y.Item(at)) != View(true) {
			return false
		}
	}
	return true
}

// CelNotEqual tells whether two values differ.
func CelNotEqual(a, b View) View { return CelNot(CelEqual(a, b)) }

func order(a, b View, holds func(int) bool, number func(x, y float64) bool) View {
	switch x := a.(type) {
	case int64:
		if y, ok := b.(int64); ok {
			switch {
			case x < y:
				return holds(-1)
			case x > y:
				return holds(1)
			}
			return holds(0)
		}
	case float64:
		if y, ok := b.(float64); ok {
			return number(x, y)
		}
	case string:
		if y, ok := b.(string); ok {
			return holds(strings.Compare(x, y))
		}
	case bool:
		if y, ok := b.(bool); ok {
			switch {
			case x == y:
				return holds(0)
			case y:
				return holds(-1)
			}
			return holds(1)
		}
	}
	return nil
}

// CelLess is a < b.
func CelLess(a, b View) View {
	return order(a, b, func(o int) bool { return o < 0 }, func(x, y float64) bool { return x < y })
}

// CelLessOrEqual is a <= b.
func CelLessOrEqual(a, b View) View {
	return order(a, b, func(o int) bool { return o <= 0 }, func(x, y float64) bool { return x <= y })
}

// CelGreater is a > b.
func CelGreater(a, b View) View { return CelLess(b, a) }

// CelGreaterOrEqual is a >= b.
func CelGreaterOrEqual(a, b View) View { return CelLessOrEqual(b, a) }

// CelAdd is a + b: numbers, texts or lists.
func CelAdd(a, b View) View {
	switch x := a.(type) {
	case int64:
		if y, ok := b.(int64); ok {
			if sum := x + y; (sum > x) == (y > 0) {
				return sum
			}
		}
	case float64:
		if y, ok := b.(float64); ok {
			return x + y
		}
	case string:
		if y, ok := b.(string); ok {
			return x + y
		}
	case List:
		if y, ok := b.(List); ok {
			return append(items(x), items(y)...)
		}
	}
	return nil
}

// CelSubtract is a - b.
func CelSubtract(a, b View) View {
	switch x := a.(type) {
	case int64:
		if y, ok := b.(int64); ok {
			if difference := x - y; (difference < x) == (y > 0) {
				return difference
			}
		}
	case float64:
		if y, ok := b.(float64); ok {
			return x - y
		}
	}
	return nil
}

// CelMultiply is a * b.
func CelMultiply(a, b View) View {
	switch x := a.(type) {
	case int64:
		if y, ok := b.(int64); ok {
			if x == 0 || y == 0 {
				return int64(0)
			}
			product := x * y
			if product/y == x && !(x == -1 && y == math.MinInt64) && !(y == -1 && x == math.MinInt64) {
				return product
			}
		}
	case float64:
		if y, ok := b.(float64); ok {
			return x * y
		}
	}
	return nil
}

// CelDivide is a / b.
func CelDivide(a, b View) View {
	switch x := a.(type) {
	case int64:
		if y, ok := b.(int64); ok && y != 0 && !(x == math.MinInt64 && y == -1) {
			return x / y
		}
	case float64:
		if y, ok := b.(float64); ok {
			return x / y
		}
	}
	return nil
}

// CelRemainder is a % b.
func CelRemainder(a, b View) View {
	x, ok := a.(int64)
	y, both := b.(int64)
	if ok && both && y != 0 && !(x == math.MinInt64 && y == -1) {
		return x % y
	}
	return nil
}

// CelNegate is -a.
func CelNegate(a View) View {
	switch x := a.(type) {
	case int64:
		if x != math.MinInt64 {
			return -x
		}
	case float64:
		return -x
	}
	return nil
}

type viewList []View

func (l viewList) Len() int            { return len(l) }
func (l viewList) Item(index int) View { return l[index] }

// items are the items of a list or the keys of a map.
func items(of View) viewList {
	switch v := of.(type) {
	case Object:
		return nil
	case viewList:
		return v[:len(v):len(v)]
	case List:
		all := make(viewList, v.Len())
		for at := range all {
			all[at] = v.Item(at)
		}
		return all
	case Map:
		var all viewList
		for _, key := range v.Keys() {
			all = append(all, key)
		}
		return all
	}
	return nil
}

// CelList is a list of values; no value if one of them is none.
func CelList(values ...View) View {
	for _, value := range values {
		if value == nil {
			return nil
		}
	}
	return viewList(values)
}

// CelIn tells whether a value is in a list or a key in a map.
func CelIn(item, of View) View {
	if item == nil || of == nil {
		return nil
	}
	if m, ok := of.(Map); ok {
		key, isText := item.(string)
		return isText && m.Value(key) != nil
	}
	for _, one := range items(of) {
		if CelEqual(one, item) == View(true) {
			return true
		}
	}
	return false
}

// CelIndex is an item of a list or an entry of a map.
func CelIndex(of, at View) View {
	switch v := of.(type) {
	case Object:
		return nil
	case List:
		if index, ok := at.(int64); ok && index >= 0 && index < int64(v.Len()) {
			return notNull(v.Item(int(index)))
		}
	case Map:
		if key, ok := at.(string); ok {
			return notNull(v.Value(key))
		}
	}
	return nil
}

// CelSize is how many characters a text or entries a list or map has.
func CelSize(of View) View {
	switch v := of.(type) {
	case string:
		return int64(utf8.RuneCountInString(v))
	case Object:
		return nil
	case List:
		return int64(v.Len())
	case Map:
		return int64(v.Len())
	}
	return nil
}

func texts(a, b View, test func(x, y string) bool) View {
	x, ok := a.(string)
	y, both := b.(string)
	if !ok || !both {
		return nil
	}
	return test(x, y)
}

// CelStartsWith is a.startsWith(b).
func CelStartsWith(a, b View) View { return texts(a, b, strings.HasPrefix) }

// CelEndsWith is a.endsWith(b).
func CelEndsWith(a, b View) View { return texts(a, b, strings.HasSuffix) }

// CelContains is a.contains(b).
func CelContains(a, b View) View { return texts(a, b, strings.Contains) }

// CelMatches is a.matches(pattern).
func CelMatches(a, pattern View) View {
	return texts(a, pattern, func(x, y string) bool { return matches(y, x) })
}

// CelAll is false as soon as the test is false for one item.
func CelAll(of View, test func(item View) View) View {
	if of == nil {
		return nil
	}
	var result View = true
	for _, item := range items(of) {
		switch test(item) {
		case true:
		case false:
			return false
		default:
			result = nil
		}
	}
	return result
}

// CelExists is true as soon as the test is true for one item.
func CelExists(of View, test func(item View) View) View {
	return CelNot(CelAll(of, func(item View) View { return CelNot(test(item)) }))
}

// CelExistsOne tells whether the test is true for exactly one item.
func CelExistsOne(of View, test func(item View) View) View {
	kept, ok := CelFilter(of, test).(viewList)
	if !ok {
		return nil
	}
	return len(kept) == 1
}

// CelFilter are the items for which the test is true.
func CelFilter(of View, test func(item View) View) View {
	if of == nil {
		return nil
	}
	kept := viewList{}
	for _, item := range items(of) {
		switch test(item) {
		case true:
			kept = append(kept, item)
		case false:
		default:
			return nil
		}
	}
	return kept
}

// CelMap are the results for the items.
func CelMap(of View, result func(item View) View) View {
	if of == nil {
		return nil
	}
	all := viewList{}
	for _, item := range items(of) {
		value := result(item)
		if value == nil {
			return nil
		}
		all = append(all, value)
	}
	return all
}

func amount(of View, dialect Dialect) (Magnitude, bool) {
	text, ok := of.(string)
	if !ok {
		return Magnitude{}, false
	}
	magnitude, err := dialect.Parse(text)
	return magnitude, err == nil
}

// CelNanos are the nanoseconds that a text says.
func CelNanos(of View, dialect Dialect) View {
	magnitude, ok := amount(of, dialect)
	if !ok || magnitude.Kind != Nanoseconds {
		return nil
	}
	return magnitude.Whole
}

// CelWhole is a size or rate in whole bytes, or a whole number.
func CelWhole(of View, dialect Dialect) View {
	magnitude, ok := amount(of, dialect)
	if !ok {
		return nil
	}
	if dialect == DialectIntegerGo {
		return magnitude.Whole
	}
	value, ok := magnitude.Value()
	if !ok || !(value >= -(1<<63) && value < 1<<63) {
		return nil
	}
	return int64(value)
}

// CelNumber is a percentage or quantity.
func CelNumber(of View, dialect Dialect) View {
	magnitude, ok := amount(of, dialect)
	if !ok {
		return nil
	}
	if value, ok := magnitude.Value(); ok {
		return value
	}
	return nil
}
