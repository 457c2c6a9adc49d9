package spec

import (
	"math"
	"strconv"
)

// Reader reads typed values and collects everything that does not fit. It is strict about types
// ("5" is no number) and tolerant about what a later release may bring: unknown keys and unknown
// values of enums are kept, and Validate reports them.
type Reader struct {
	path        []Segment
	found       Violations
	lenientNull bool
	hidden      int
}

// ReadFunc reads one value; false if it does not fit, which is reported then.
type ReadFunc[T any] func(r *Reader, value any) (T, bool)

// Read reads an object from a value as ParseJSON gives it. The findings hold an error for each part
// that does not fit, and warnings; the value is of use only if there is no error.
func Read[T any, P Model[T]](value any) (*T, Violations) {
	r := &Reader{}
	read, ok := ReadObject[T, P](r, value)
	if !ok || r.found.HasErrors() {
		return nil, r.found
	}
	return &read, r.found
}

// Unmarshal reads JSON into an object.
func Unmarshal[T any, P Model[T]](data []byte, into P) error {
	value, err := ParseJSON(data)
	if err != nil {
		return err
	}
	read, found := Read[T, P](value)
	if read == nil {
		return found
	}
	*into = *read
	return nil
}

func (r *Reader) report(code Code, level Level, message string) {
	r.found = append(r.found, Violation{code, level, append(Path(nil), r.path...), message})
}

func (r *Reader) reportUnder(key string, code Code, level Level, message string) {
	path := append(append(Path(nil), r.path...), Segment{Key: key})
	r.found = append(r.found, Violation{code, level, path, message})
}

func (r *Reader) shown(text string) *string {
	if r.hidden > 0 {
		return nil
	}
	return &text
}

func (r *Reader) wrongType(value any, wanted string) {
	if value == nil && len(r.path) > 0 {
		last := r.path[len(r.path)-1]
		if last.IsIndex {
			r.report(CodeNull, Error, msgNullItem())
		} else {
			r.report(CodeNull, Error, msgNull(last.Key))
		}
		return
	}
	r.report(CodeWrongType, Error, msgWrongType(wanted, r.foundWords(value)))
}

func (r *Reader) foundWords(value any) string {
	switch v := value.(type) {
	case nil:
		return msgFoundNull()
	case []any:
		return msgFoundList()
	case map[string]any:
		return msgFoundMap()
	case bool:
		if r.hidden == 0 {
			return msgFoundBool(strconv.FormatBool(v))
		}
	case int64:
		if r.hidden == 0 {
			return msgFoundInt(strconv.FormatInt(v, 10))
		}
	case uint64:
		if r.hidden == 0 {
			return msgFoundInt(strconv.FormatUint(v, 10))
		}
	case float64:
		if r.hidden == 0 {
			return msgFoundFloat(floatJSON(v))
		}
	case string:
		if r.hidden == 0 && v == "" {
			return msgFoundEmpty()
		}
		if r.hidden == 0 {
			return msgFoundText(v)
		}
	}
	return msgFoundHidden()
}

// ReadBool reads a truth value.
func ReadBool(r *Reader, value any) (bool, bool) {
	read, ok := value.(bool)
	if !ok {
		r.wrongType(value, wantedBool)
	}
	return read, ok
}

// ReadText reads a text, or a type made of one: whether it is well formed is for Validate to say.
func ReadText[T ~string](r *Reader, value any) (T, bool) {
	read, ok := value.(string)
	if !ok {
		r.wrongType(value, wantedText)
	}
	return T(read), ok
}

// ReadFloat reads a number.
func ReadFloat(r *Reader, value any) (float64, bool) {
	switch v := value.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	case uint64:
		return float64(v), true
	}
	r.wrongType(value, wantedFloat)
	return 0, false
}

// ReadInt reads a whole number that fits its type; 5.0 is one.
func ReadInt[T ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32](r *Reader, value any) (T, bool) {
	whole, text, ok := r.whole(value)
	if !ok {
		return 0, false
	}
	var least T
	least--
	signed := least < 0
	bits := 0
	for one := T(1); one != 0; one <<= 1 {
		bits++
	}
	if text == "" && int64(T(whole)) == whole && (signed || whole >= 0) {
		return T(whole), true
	}
	if text == "" {
		text = strconv.FormatInt(whole, 10)
	}
	r.outOfWidth(text, signed, bits)
	return 0, false
}

// ReadUint64 reads a whole number of 64 bits without a sign.
func ReadUint64(r *Reader, value any) (uint64, bool) {
	if read, ok := value.(uint64); ok {
		return read, true
	}
	whole, _, ok := r.whole(value)
	if !ok {
		return 0, false
	}
	if whole < 0 {
		r.outOfWidth(strconv.FormatInt(whole, 10), false, 64)
		return 0, false
	}
	return uint64(whole), true
}

// whole gives the whole number that a value is, or its text if 64 bits with a sign don't hold it.
func (r *Reader) whole(value any) (int64, string, bool) {
	switch v := value.(type) {
	case int64:
		return v, "", true
	case uint64:
		return 0, strconv.FormatUint(v, 10), true
	case float64:
		if v == math.Trunc(v) && math.Abs(v) <= exact {
			return int64(v), "", true
		}
	}
	r.wrongType(value, wantedInt)
	return 0, "", false
}

func (r *Reader) outOfWidth(text string, signed bool, bits int) {
	if signed {
		r.report(CodeOutOfRange, Error, msgOutOfSigned(r.shown(text), strconv.Itoa(bits)))
	} else {
		r.report(CodeOutOfRange, Error, msgOutOfUnsigned(r.shown(text), strconv.Itoa(bits)))
	}
}

// ReadIntOrString reads a whole number or a text.
func ReadIntOrString(r *Reader, value any) (IntOrString, bool) {
	switch v := value.(type) {
	case string:
		return FromText(v), true
	case int64:
		return FromInt(v), true
	}
	r.wrongType(value, wantedIntOrText)
	return IntOrString{}, false
}

// ReadAny reads anything.
func ReadAny(_ *Reader, value any) (any, bool) { return value, true }

// ReadJSONObject reads an object of any content.
func ReadJSONObject(r *Reader, value any) (map[string]any, bool) {
	read, ok := value.(map[string]any)
	if !ok {
		r.wrongType(value, wantedMap)
	}
	return read, ok
}

// ReadObject reads an object of a generated type.
func ReadObject[T any, P Model[T]](r *Reader, value any) (T, bool) {
	var read T
	entries, ok := value.(map[string]any)
	if !ok {
		r.wrongType(value, wantedMap)
		return read, false
	}
	P(&read).HerzRead(&Fields{r, P(&read).HerzObject().Table(), entries})
	return read, true
}

// ReadObjectPtr reads an object of a generated type behind a pointer.
func ReadObjectPtr[T any, P Model[T]](r *Reader, value any) (P, bool) {
	read, ok := ReadObject[T, P](r, value)
	return &read, ok
}

// ReadList reads a list.
func ReadList[T any](item ReadFunc[T]) ReadFunc[[]T] {
	return func(r *Reader, value any) ([]T, bool) {
		items, ok := value.([]any)
		if !ok {
			r.wrongType(value, wantedList)
			return nil, false
		}
		read := make([]T, len(items))
		for at, one := range items {
			r.path = append(r.path, Segment{Index: at, IsIndex: true})
			read[at], _ = item(r, one)
			r.path = r.path[:len(r.path)-1]
		}
		return read, true
	}
}

// ReadMap reads a map.
func ReadMap[T any](entry ReadFunc[T]) ReadFunc[map[string]T] {
	return func(r *Reader, value any) (map[string]T, bool) {
		entries, ok := value.(map[string]any)
		if !ok {
			r.wrongType(value, wantedMap)
			return nil, false
		}
		read := make(map[string]T, len(entries))
		// Where anything may stand, null is a value.
		var zero T
		_, takesNull := any(&zero).(*any)
		for _, key := range sortedKeys(entries) {
			if entries[key] == nil && r.lenientNull && !takesNull {
				r.reportUnder(key, CodeNull, Warning, msgNull(key))
				continue
			}
			r.path = append(r.path, Segment{Key: key})
			read[key], _ = entry(r, entries[key])
			r.path = r.path[:len(r.path)-1]
		}
		return read, true
	}
}

// Fields are the fields of one object while it is read.
type Fields struct {
	r       *Reader
	table   *Table
	entries map[string]any
}

func (f *Fields) find(field *Field) (string, any, bool) {
	if value, ok := f.entries[field.Wire]; ok {
		return field.Wire, value, true
	}
	for _, alias := range field.Aliases {
		if value, ok := f.entries[alias]; ok {
			f.r.reportUnder(alias, CodeFormerName, Warning, msgFormerName(alias, field.Wire))
			return alias, value, true
		}
	}
	return "", nil, false
}

// value finds what to read for a field. present: something is there; ok: nothing was wrong so far.
func (f *Fields) value(at int) (key string, value any, present, ok bool) {
	field := &f.table.Fields[at]
	key, value, present = f.find(field)
	if !present {
		return "", nil, false, true
	}
	if value == nil && !field.Nullable {
		missing := field.Required && field.defaultFor(Structure) == nil
		if f.table.LenientNull && missing {
			return "", nil, false, true
		}
		level := Error
		if f.table.LenientNull {
			level = Warning
		}
		f.r.reportUnder(key, CodeNull, level, msgNull(field.Wire))
		return "", nil, false, f.table.LenientNull
	}
	return key, value, true, true
}

func read[T any](f *Fields, at int, item ReadFunc[T]) (value T, present, ok bool) {
	key, raw, present, ok := f.value(at)
	if !present {
		return value, false, ok
	}
	r := f.r
	r.lenientNull = f.table.LenientNull
	if f.table.Fields[at].Sensitive {
		r.hidden++
	}
	r.path = append(r.path, Segment{Key: key})
	value, ok = item(r, raw)
	r.path = r.path[:len(r.path)-1]
	if f.table.Fields[at].Sensitive {
		r.hidden--
	}
	return value, true, ok
}

// Required reads a field that must be there.
func Required[T any](f *Fields, at int, into *T, item ReadFunc[T]) {
	value, present, ok := read(f, at, item)
	if present {
		*into = value
	} else if ok {
		wire := f.table.Fields[at].Wire
		f.r.reportUnder(wire, CodeMissingField, Error, msgMissingField(wire))
	}
}

// Optional reads a field that may be absent and whose zero value says so.
func Optional[T any](f *Fields, at int, into *T, item ReadFunc[T]) {
	if value, present, ok := read(f, at, item); present && ok {
		*into = value
	}
}

// OptionalPtr reads a field that may be absent, behind a pointer.
func OptionalPtr[T any](f *Fields, at int, into **T, item ReadFunc[T]) {
	if value, present, ok := read(f, at, item); present && ok {
		*into = &value
	}
}

// ReadOpt reads a value where null is one.
func ReadOpt[T any](item ReadFunc[T]) ReadFunc[Opt[T]] {
	return func(r *Reader, value any) (Opt[T], bool) {
		if value == nil {
			return NullOpt[T](), true
		}
		read, ok := item(r, value)
		return Some(read), ok
	}
}

// Constant reads a text that must be this one.
func (f *Fields) Constant(at int, wanted string) {
	var found string
	before := len(f.r.found)
	Required(f, at, &found, ReadText[string])
	if len(f.r.found) == before && found != wanted {
		wire := f.table.Fields[at].Wire
		f.r.reportUnder(wire, CodeNotAllowed, Error, msgNotAllowed(&found, []string{wanted}))
	}
}

// Others gives the keys that the schema does not know.
func (f *Fields) Others() Unknown {
	var others Unknown
	for key, value := range f.entries {
		if f.isField(key) {
			continue
		}
		if others == nil {
			others = make(Unknown)
		}
		others[key] = value
	}
	return others
}

func (f *Fields) isField(key string) bool {
	if f.table.position(key) >= 0 {
		return true
	}
	for at := range f.table.Fields {
		for _, alias := range f.table.Fields[at].Aliases {
			if alias == key {
				_, there := f.entries[f.table.Fields[at].Wire]
				if !there {
					return true
				}
			}
		}
	}
	return false
}

// KindOf tells which of these kinds a document is: its place in the list, or -1 and why not. Each
// is apiVersion and kind.
func KindOf(value any, kinds [][2]string) (int, Violations) {
	r := &Reader{}
	entries, ok := value.(map[string]any)
	if !ok {
		r.wrongType(value, wantedMap)
		return -1, r.found
	}
	text := func(key string) (string, bool) {
		value, there := entries[key]
		if !there {
			r.reportUnder(key, CodeMissingField, Error, msgMissingField(key))
			return "", false
		}
		r.path = append(r.path, Segment{Key: key})
		defer func() { r.path = r.path[:len(r.path)-1] }()
		return ReadText[string](r, value)
	}
	version, versionOK := text("apiVersion")
	kind, kindOK := text("kind")
	if !versionOK || !kindOK {
		return -1, r.found
	}
	var sameKind, sameGroup, all []string
	for at, known := range kinds {
		if known[0] == version && known[1] == kind {
			return at, r.found
		}
		if known[1] == kind {
			sameKind = append(sameKind, known[0])
		}
		if groupOf(known[0]) == groupOf(version) {
			sameGroup = append(sameGroup, known[1])
		}
		if len(all) == 0 || all[len(all)-1] != known[0] {
			all = append(all, known[0])
		}
	}
	switch {
	case len(sameKind) > 0:
		r.reportUnder("apiVersion", CodeAPIVersion, Error, msgNotAllowed(&version, sameKind))
	case len(sameGroup) > 0:
		r.reportUnder("kind", CodeUnknownKind, Error, msgNotAllowed(&kind, sameGroup))
	default:
		r.reportUnder("apiVersion", CodeAPIVersion, Error, msgNotAllowed(&version, all))
	}
	return -1, r.found
}
