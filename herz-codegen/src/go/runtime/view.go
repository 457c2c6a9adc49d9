package spec

import (
	"math"
	"sort"
)

// View is a value as the validator and the writer see it: nil (the key is not there), Null, bool,
// int64, uint64 (only above the int64 range), float64, string, List, Map, Object, or Generated.
type View any

// Null is the view of null.
type Null struct{}

// Generated is the view of a default that is made up at creation.
type Generated struct{}

// List is a list of whatever.
type List interface {
	Len() int
	Item(index int) View
}

// Map is a map with text keys.
type Map interface {
	Len() int
	// Keys are the keys in ascending order.
	Keys() []string
	// Value is what stands under a key; nil if there is no such key.
	Value(key string) View
}

// Object is an object of a named type. Generated code implements it.
type Object interface {
	// Table is what the schema says of it.
	Table() *Table
	// Field is the field at that place of the table.
	Field(index int) View
	// Others are the keys that the schema does not know.
	Others() Unknown
	// Rule tells whether the CEL rule at that place of the table holds; nil if an operand is
	// malformed or missing.
	Rule(index int) View
}

// Unknown holds keys that the schema does not know: kept when read, written back, and reported by
// Validate. The values are as ParseJSON gives them.
type Unknown map[string]any

func isPresent(view View) bool { return view != nil }

func isFilled(view View) bool {
	switch v := view.(type) {
	case nil, Null:
		return false
	case bool:
		return v
	case int64:
		return v != 0
	case uint64:
		return v != 0
	case float64:
		return v != 0
	case string:
		return v != ""
	case List:
		return v.Len() > 0
	case Map:
		return v.Len() > 0
	case Object:
		if len(v.Others()) > 0 {
			return true
		}
		for at := range v.Table().Fields {
			if v.Field(at) != nil {
				return true
			}
		}
		return false
	default:
		return true
	}
}

func textOf(view View) (string, bool) {
	text, ok := view.(string)
	return text, ok
}

// same tells whether two values are the same: numbers by value, objects by their fields.
func same(a, b View) bool {
	switch x := a.(type) {
	case Generated:
		return false
	case int64:
		switch y := b.(type) {
		case int64:
			return x == y
		case float64:
			return float64(x) == y
		}
		return false
	case float64:
		switch y := b.(type) {
		case int64:
			return x == float64(y)
		case float64:
			return x == y
		}
		return false
	case nil, Null, bool, string, uint64:
		return a == b
	}
	if _, made := b.(Generated); made {
		return false
	}
	return identity(a) == identity(b)
}

type jsonList []any

func (l jsonList) Len() int            { return len(l) }
func (l jsonList) Item(index int) View { return ViewJSON(l[index]) }

type jsonMap map[string]any

func (m jsonMap) Len() int       { return len(m) }
func (m jsonMap) Keys() []string { return sortedKeys(m) }
func (m jsonMap) Value(key string) View {
	value, ok := m[key]
	if !ok {
		return nil
	}
	return ViewJSON(value)
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// ViewJSON is the view of a value as ParseJSON gives it.
func ViewJSON(value any) View {
	switch v := value.(type) {
	case nil:
		return Null{}
	case []any:
		return jsonList(v)
	case map[string]any:
		return jsonMap(v)
	default:
		return v
	}
}

// ViewAny is the view of a field that may hold anything; nil is an absent key.
func ViewAny(value any) View {
	if value == nil {
		return nil
	}
	return ViewJSON(value)
}

// ViewBool is the view of a truth value.
func ViewBool(value bool) View { return value }

// ViewText is the view of a text or a type made of one.
func ViewText[T ~string](value T) View { return string(value) }

// ViewInt is the view of a whole number.
func ViewInt[T ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32](value T) View {
	return int64(value)
}

// ViewUint64 is the view of a whole number of 64 bits without a sign.
func ViewUint64(value uint64) View {
	if value > math.MaxInt64 {
		return value
	}
	return int64(value)
}

// ViewFloat is the view of a number. A whole number looks like one, so that 50 is written as 50.
func ViewFloat(value float64) View {
	if value == math.Trunc(value) && math.Abs(value) < exact && (value != 0 || !math.Signbit(value)) {
		return int64(value)
	}
	return value
}

// ViewIntOrString is the view of a whole number or a text.
func ViewIntOrString(value IntOrString) View {
	if value.IsText {
		return value.Text
	}
	return value.Int
}

// ViewJSONObject is the view of an object of any content; nil is an absent key.
func ViewJSONObject(value map[string]any) View {
	if value == nil {
		return nil
	}
	return jsonMap(value)
}

// ViewPtr is the view of a value that may be absent.
func ViewPtr[T any](value *T, view func(T) View) View {
	if value == nil {
		return nil
	}
	return view(*value)
}

// ViewOpt is the view of a value that may be absent or null.
func ViewOpt[T any](value Opt[T], view func(T) View) View {
	switch value.state {
	case stateNull:
		return Null{}
	case stateValue:
		return view(value.value)
	default:
		return nil
	}
}

type viewedList[T any] struct {
	items []T
	view  func(*T) View
}

func (l viewedList[T]) Len() int            { return len(l.items) }
func (l viewedList[T]) Item(index int) View { return l.view(&l.items[index]) }

type viewedMap[T any] struct {
	entries map[string]T
	view    func(*T) View
}

func (m viewedMap[T]) Len() int       { return len(m.entries) }
func (m viewedMap[T]) Keys() []string { return sortedKeys(m.entries) }
func (m viewedMap[T]) Value(key string) View {
	value, ok := m.entries[key]
	if !ok {
		return nil
	}
	return m.view(&value)
}

// ViewList is the view of a list; nil is an absent key.
func ViewList[T any](items []T, view func(T) View) View {
	if items == nil {
		return nil
	}
	return viewedList[T]{items, func(item *T) View { return view(*item) }}
}

// ViewMap is the view of a map; nil is an absent key.
func ViewMap[T any](entries map[string]T, view func(T) View) View {
	if entries == nil {
		return nil
	}
	return viewedMap[T]{entries, func(entry *T) View { return view(*entry) }}
}

// Model is a generated object type, by pointer.
type Model[T any] interface {
	*T
	// HerzObject is the value as validator and writer see it.
	HerzObject() Object
	// HerzRead reads the fields.
	HerzRead(fields *Fields)
}

// ViewObject is the view of an object of a generated type.
func ViewObject[T any, P Model[T]](value T) View { return P(&value).HerzObject() }

// ViewObjectPtr is the view of an object that may be absent.
func ViewObjectPtr[T any, P Model[T]](value P) View {
	if value == nil {
		return nil
	}
	return value.HerzObject()
}
