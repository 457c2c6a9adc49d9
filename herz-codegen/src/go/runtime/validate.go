package spec

import (
	"strconv"
	"strings"
)

// Validate judges an object by the tables of its types: every violation, errors and warnings, in
// the order of the schema's fields. Paths start at the object.
func Validate(object Object) Violations {
	var c context
	c.object(nil, object, flags{})
	return c.found
}

// context is one run over a value.
type context struct{ found Violations }

// flags are what holds for everything below a place.
type flags struct {
	// advice: what admission finds is advice here.
	advice bool
	// sensitive: values must not be shown.
	sensitive bool
}

func (f flags) show(text string) *string {
	if f.sensitive {
		return nil
	}
	return &text
}

func (f flags) level(level Level, layer Layer) Level {
	if f.advice && layer == Admission {
		return Warning
	}
	if level == "" {
		return Error
	}
	return level
}

// place is the way to the current value, written down only if something is wrong.
type place struct {
	parent  *place
	segment Segment
}

func (p *place) key(key string) *place { return &place{p, Segment{Key: key}} }
func (p *place) item(at int) *place    { return &place{p, Segment{Index: at, IsIndex: true}} }

func (p *place) path() Path {
	depth := 0
	for at := p; at != nil; at = at.parent {
		depth++
	}
	path := make(Path, depth)
	for at := p; at != nil; at = at.parent {
		depth--
		path[depth] = at.segment
	}
	return path
}

func (c *context) push(at *place, code Code, level Level, message string) {
	c.found = append(c.found, Violation{code, level, at.path(), message})
}

// outer is what is known of a value besides its shape.
type outer struct {
	normalize       *Normalize
	mendedStructure bool
	mendedAdmission bool
}

func (c *context) object(at *place, object Object, f flags) {
	table := object.Table()
	f.advice = f.advice || table.StructureOnly
	slots := make([]View, len(table.Fields))
	others := object.Others()
	var keys []string
	if len(others) > 0 {
		keys = sortedKeys(others)
	}
	misspelt := make(map[int]bool)
	for index := range table.Fields {
		view := object.Field(index)
		if _, null := view.(Null); null {
			view = nil
		}
		// One finding for one slip: a key in other letter case counts as the field that it is
		// meant to be. The structure goes by the exact name.
		if view == nil && !table.Fields[index].Required {
			for _, key := range keys {
				wire := table.Fields[index].Wire
				if key != wire && equalFoldASCII(key, wire) {
					if others[key] != nil {
						view = ViewJSON(others[key])
						misspelt[index] = true
					}
					break
				}
			}
		}
		slots[index] = view
	}
	if !table.Open {
		for _, key := range keys {
			code, message := table.unknown(key)
			c.push(at.key(key), code, Error, message)
		}
	}
	union := table.Union
	value, picked, chosen := "", (*Case)(nil), false
	if union != nil {
		value, picked, chosen = union.choose(table, slots)
	}
	for index := range table.Fields {
		if misspelt[index] {
			continue
		}
		field := &table.Fields[index]
		below := f
		below.advice = below.advice || field.StructureOnly
		below.sensitive = below.sensitive || field.Sensitive
		if chosen && union.SelectedOnly && union.isForeign(picked, field.Wire) {
			below.advice = true
		}
		c.field(at.key(field.Wire), field, slots[index], f, below)
	}
	if chosen {
		c.union(at, table, value, picked, slots, f)
	}
	c.rules(at, object, slots, f)
	if table.Document {
		c.name(at, slots)
	}
	if table.Lasting != nil {
		c.lasting(at, object, slots, table.Lasting)
	}
}

func equalFoldASCII(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for at := 0; at < len(a); at++ {
		x, y := a[at], b[at]
		if 'A' <= x && x <= 'Z' {
			x += 'a' - 'A'
		}
		if 'A' <= y && y <= 'Z' {
			y += 'a' - 'A'
		}
		if x != y {
			return false
		}
	}
	return true
}

// name judges the name of a document: there, and one that Kubernetes takes.
func (c *context) name(document *place, slots []View) {
	text := func(wire string) string {
		metadata, ok := slots[2].(Object)
		if !ok {
			return ""
		}
		at := metadata.Table().position(wire)
		if at < 0 {
			return ""
		}
		found, _ := metadata.Field(at).(string)
		return found
	}
	at := document.key("metadata").key("name")
	if name := text("name"); name != "" {
		if _, err := DialectDns1123.Parse(name); err != nil {
			c.push(at, CodeObjectName, Warning, msgGrammar(err.Message, err.Allowed))
		}
	} else if text("generateName") == "" {
		c.push(at, CodeObjectName, Warning, msgNoName())
	}
}

// field judges a field, there or not. f are the flags of the object, below those of the value.
func (c *context) field(at *place, field *Field, view View, f, below flags) {
	if view == nil {
		c.filled(at, field, true, f)
		return
	}
	if field.Deprecated != nil {
		c.deprecated(at, "field", field.Wire, field.Deprecated)
	}
	around := outer{field.Normalize, field.mendsEmpty(Structure), field.mendsEmpty(Admission)}
	c.value(at, view, field.shape(), around, below)
	if !isFilled(view) {
		c.filled(at, field, false, f)
	}
}

func (c *context) filled(at *place, field *Field, absent bool, f flags) {
	for index := range field.Limits {
		limit := &field.Limits[index]
		if limit.Kind != LimitFilled {
			continue
		}
		found := field.defaultFor(limit.Layer)
		mended := found != nil && (absent || field.mendsEmpty(limit.Layer)) && isFilled(found.Value)
		if !mended {
			c.push(at, CodeEmpty, f.level(limit.Level, limit.Layer), msgEmpty(field.Wire))
		}
		return
	}
}

func (c *context) deprecated(at *place, what, name string, known *Deprecated) {
	message := msgDeprecated(what, name, optional(known.Since), optional(known.Instead), optional(known.Note))
	c.push(at, CodeDeprecated, Warning, message)
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func (c *context) value(at *place, view View, shape *Shape, around outer, f flags) {
	inner := outer{normalize: around.normalize}
	entries := shape.Entries
	if entries == nil {
		entries = &anyShape
	}
	switch v := view.(type) {
	case Object:
		c.object(at, v, f)
	case List:
		for index := 0; index < v.Len(); index++ {
			c.value(at.item(index), v.Item(index), entries, inner, f)
		}
	case Map:
		for _, key := range v.Keys() {
			c.value(at.key(key), v.Value(key), entries, inner, f)
		}
	}
	c.limits(at, view, shape, around, f)
}

// splitSince takes «chaos-mesh 2.8.0» apart.
func splitSince(since string) (platform, until string) {
	if at := strings.LastIndexByte(since, ' '); at >= 0 {
		return since[:at], since[at+1:]
	}
	return "", since
}

// shownView is a single value as messages show it; nil for lists and objects.
func shownView(view View) *string {
	var text string
	switch v := view.(type) {
	case string:
		text = v
	case int64:
		text = strconv.FormatInt(v, 10)
	case uint64:
		text = strconv.FormatUint(v, 10)
	case float64:
		text = floatText(v)
	case bool:
		text = strconv.FormatBool(v)
	default:
		return nil
	}
	return &text
}
