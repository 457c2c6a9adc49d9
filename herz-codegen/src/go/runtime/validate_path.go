package spec

// owner is the object that rules belong to.
type owner struct {
	place *place
	table *Table
	slots []View
}

// leaf is what stands at the end of a path.
type leaf struct {
	place     *place
	view      View
	shape     *Shape
	sensitive bool
}

func (l *leaf) isThere(filled bool) bool {
	return l.view != nil && (!filled || isFilled(l.view))
}

// magnitude is how much the value says; false if it is malformed or no amount.
func (l *leaf) magnitude() (Magnitude, bool) {
	if dialect, ok := l.shape.dialect(); ok {
		text, isText := l.view.(string)
		if !isText {
			return Magnitude{}, false
		}
		magnitude, err := dialect.Parse(text)
		return magnitude, err == nil && magnitude.Kind != NoMagnitude
	}
	switch v := l.view.(type) {
	case int64:
		return Magnitude{Kind: Number, Amount: float64(v)}, true
	case uint64:
		return Magnitude{Kind: Number, Amount: float64(v)}, true
	case float64:
		return Magnitude{Kind: Number, Amount: v}, true
	}
	return Magnitude{}, false
}

// effective is the value of a field as a layer sees it.
func effective(field *Field, view View, layer Layer) View {
	_, null := view.(Null)
	if view == nil || null || (field.mendsEmpty(layer) && !isFilled(view)) {
		found := field.defaultFor(layer)
		if found == nil {
			return nil
		}
		return notNull(found.Value)
	}
	return view
}

func notNull(view View) View {
	if _, null := view.(Null); null {
		return nil
	}
	return view
}

// walk follows a path of a rule from its object and shows each end of it.
func walk(o owner, path FieldPath, layer Layer, visit func(*leaf)) {
	if len(path) == 0 {
		return
	}
	name := path[0]
	next := leaf{place: o.place.key(name)}
	if at := o.table.position(name); at >= 0 {
		field := &o.table.Fields[at]
		next.view = effective(field, o.slots[at], layer)
		next.shape = field.shape()
		next.sensitive = field.Sensitive
	}
	steps(&next, path[1:], layer, visit)
}

// steps follows the rest of a path from a value.
func steps(from *leaf, path FieldPath, layer Layer, visit func(*leaf)) {
	if len(path) == 0 {
		visit(from)
		return
	}
	step, rest := path[0], path[1:]
	if step != Each {
		next := leaf{place: from.place.key(step), sensitive: from.sensitive}
		switch v := from.view.(type) {
		case Object:
			table := v.Table()
			if at := table.position(step); at >= 0 {
				field := &table.Fields[at]
				next.view = effective(field, v.Field(at), layer)
				next.shape = field.shape()
				next.sensitive = next.sensitive || field.Sensitive
			}
		case Map:
			next.view = notNull(v.Value(step))
		}
		steps(&next, rest, layer, visit)
		return
	}
	var shape *Shape
	if from.shape != nil {
		shape = from.shape.Entries
	}
	switch v := from.view.(type) {
	case Object:
	case List:
		for index := 0; index < v.Len(); index++ {
			next := leaf{from.place.item(index), notNull(v.Item(index)), shape, from.sensitive}
			steps(&next, rest, layer, visit)
		}
	case Map:
		for _, key := range v.Keys() {
			next := leaf{from.place.key(key), notNull(v.Value(key)), shape, from.sensitive}
			steps(&next, rest, layer, visit)
		}
	}
}

func (c *Condition) sees(view View) bool {
	if view == nil {
		return false
	}
	switch c.Test {
	case TestIn, TestNotIn:
		for _, one := range c.Values {
			if same(view, one) {
				return true
			}
		}
		return false
	case TestFilled, TestEmpty:
		return isFilled(view)
	default:
		return true
	}
}

func (c *Condition) holds(hit bool) bool {
	switch c.Test {
	case TestIn, TestPresent, TestFilled:
		return hit
	default:
		return !hit
	}
}

// applies tells whether all conditions of a rule hold.
func applies(o owner, when []Condition, layer Layer) bool {
	for at := range when {
		hit := false
		walk(o, when[at].Field, layer, func(l *leaf) { hit = hit || when[at].sees(l.view) })
		if !when[at].holds(hit) {
			return false
		}
	}
	return true
}

// fulfils tells whether all conditions hold for one value; their paths start at it.
func fulfils(item *leaf, when []Condition, layer Layer) bool {
	for at := range when {
		hit := false
		steps(item, when[at].Field, layer, func(l *leaf) { hit = hit || when[at].sees(l.view) })
		if !when[at].holds(hit) {
			return false
		}
	}
	return true
}
