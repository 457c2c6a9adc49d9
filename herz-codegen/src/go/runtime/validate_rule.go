package spec

import (
	"cmp"
	"strings"
)

func (p FieldPath) String() string {
	var out strings.Builder
	for at, step := range p {
		if at > 0 && step != Each {
			out.WriteByte('.')
		}
		out.WriteString(step)
	}
	return out.String()
}

func pathTexts(paths []FieldPath) []string {
	texts := make([]string, len(paths))
	for at, path := range paths {
		texts[at] = path.String()
	}
	return texts
}

func (r *Rule) said(generic string) string {
	if r.Message != "" {
		return r.Message
	}
	return generic
}

func (c *context) rules(at *place, object Object, slots []View, f flags) {
	o := owner{at, object.Table(), slots}
	for index := range o.table.Rules {
		rule := &o.table.Rules[index]
		if !applies(o, rule.When, rule.Layer) {
			continue
		}
		level := f.level(rule.Level, rule.Layer)
		switch rule.Kind {
		case RuleRequires, RuleForbids:
			c.each(o, rule, level)
		case RuleCount:
			c.count(o, rule, level)
		case RuleCompare:
			c.compare(o, rule, level, f)
		case RuleUnique:
			c.unique(o, rule, level, f)
		case RuleRefersTo:
			c.refersTo(o, rule, level, f)
		case RuleAcyclic:
			c.acyclic(o, rule, level)
		case RuleImmutable:
		case RuleCel:
			if holds, known := object.Rule(index).(bool); known && !holds {
				c.cel(o, rule, level)
			}
		}
	}
}

func (c *context) each(o owner, rule *Rule, level Level) {
	for _, path := range rule.Fields {
		walk(o, path, rule.Layer, func(l *leaf) {
			there := l.isThere(rule.Filled)
			switch {
			case rule.Kind == RuleForbids:
				if there {
					c.push(l.place, CodeForbidden, level, rule.said(msgForbidden(path.String(), rule.WhenWords)))
				}
			case there:
			case rule.Filled:
				c.push(l.place, CodeRequires, level, rule.said(msgRequiresFilled(path.String(), rule.WhenWords)))
			default:
				c.push(l.place, CodeRequires, level, rule.said(msgRequires(path.String(), rule.WhenWords)))
			}
		})
	}
}

func (c *context) count(o owner, rule *Rule, level Level) {
	var there []string
	var second *place
	for _, path := range rule.Fields {
		var first *place
		walk(o, path, rule.Layer, func(l *leaf) {
			if first == nil && l.isThere(rule.Filled) {
				first = l.place
			}
		})
		if first != nil {
			there = append(there, path.String())
			if len(there) == 2 {
				second = first
			}
		}
	}
	tooFew := len(there) < rule.Min
	tooMany := rule.AtMostOne && len(there) > 1
	if !tooFew && !tooMany {
		return
	}
	code, demand := CodeExactlyOneOf, "exactly one of"
	switch {
	case rule.Min == 0:
		code, demand = CodeAtMostOneOf, "at most one of"
	case !rule.AtMostOne:
		code, demand = CodeAtLeastOneOf, "at least one of"
	}
	found := "none"
	if len(there) > 0 {
		found = alternatives(there, "and")
	}
	message := rule.said(msgCount(demand, pathTexts(rule.Fields), found, rule.WhenWords))
	// The second one is where the mistake was made.
	at := o.place
	if second != nil && !tooFew {
		at = second
	}
	c.push(at, code, level, message)
}

// side is one side of a comparison.
type side struct {
	magnitude Magnitude
	text      string
	isText    bool
	shown     *string
}

func sideOf(l *leaf, f flags) *side {
	if l.view == nil {
		return nil
	}
	s := &side{}
	magnitude, ok := l.magnitude()
	if ok {
		s.magnitude = magnitude
	} else {
		text, isText := l.view.(string)
		if !isText {
			return nil
		}
		s.text, s.isText = text, true
	}
	if !f.sensitive && !l.sensitive {
		s.shown = shownView(l.view)
	}
	return s
}

// compare gives no order for what can't be compared, such as a malformed text.
func (s *side) compare(other *side) (int, bool) {
	if s.isText != other.isText {
		return 0, false
	}
	if s.isText {
		return cmp.Compare(s.text, other.text), true
	}
	return s.magnitude.Compare(other.magnitude)
}

func (c *context) compare(o owner, rule *Rule, level Level, f flags) {
	var other *side
	walk(o, rule.Right, rule.Layer, func(l *leaf) {
		if other == nil {
			other = sideOf(l, f)
		}
	})
	if other == nil {
		return
	}
	var at *place
	var message string
	walk(o, rule.Left, rule.Layer, func(l *leaf) {
		s := sideOf(l, f)
		if s == nil {
			return
		}
		order, ok := s.compare(other)
		holds, relation := relate(rule.Op, order)
		if !ok || holds {
			return
		}
		at = l.place
		message = rule.said(msgCompare(rule.Left.String(), s.shown, relation, rule.Right.String(), other.shown, rule.WhenWords))
	})
	if at != nil {
		c.push(at, CodeCompare, level, message)
	}
}

func relate(op string, order int) (holds bool, relation string) {
	switch op {
	case "<":
		return order < 0, "less than"
	case "<=":
		return order <= 0, "at most"
	case ">":
		return order > 0, "greater than"
	case ">=":
		return order >= 0, "at least"
	case "==":
		return order == 0, "equal to"
	default:
		return order != 0, "different from"
	}
}

// cel reports a CEL rule that does not hold, at the first field that the rule points at.
func (c *context) cel(o owner, rule *Rule, level Level) {
	at := (*place)(nil)
	for _, path := range rule.Fields {
		walk(o, path, rule.Layer, func(l *leaf) {
			if at == nil {
				at = l.place
			}
		})
	}
	if at == nil {
		at = o.place
	}
	c.push(at, CodeCel, level, rule.said(msgCel(rule.Name, rule.Source)))
}

// lasting warns of a fault that lasts and that nothing ends.
func (c *context) lasting(at *place, object Object, slots []View, lasting *Lasting) {
	spec := object.Table().position("spec")
	if spec < 0 || slots[spec] == nil {
		return
	}
	if len(lasting.Tag) > 0 {
		if text, ok := written(object, lasting.Tag).(string); ok && contains(lasting.Once, text) {
			return
		}
	}
	if isFilled(written(object, lasting.Duration)) {
		return
	}
	name := lasting.Duration[1:].String()
	c.push(at.key("spec").key(name), CodeNoEnd, Warning, msgNoEnd(name))
}

// written is what is written at a path, defaults left out.
func written(object Object, path FieldPath) View {
	var view View = object
	for _, name := range path {
		of, ok := view.(Object)
		if !ok {
			return nil
		}
		at := of.Table().position(name)
		if at < 0 {
			return nil
		}
		view = of.Field(at)
	}
	return view
}

func (u *Union) choose(table *Table, slots []View) (string, *Case, bool) {
	at := table.position(u.Tag)
	if at < 0 {
		return "", nil, false
	}
	field := &table.Fields[at]
	value, ok := effective(field, slots[at], Structure).(string)
	if !ok {
		return "", nil, false
	}
	for index := range u.Cases {
		if u.Cases[index].Value == value {
			return value, &u.Cases[index], true
		}
	}
	choice := field.choice()
	return value, nil, choice != nil && contains(choice.Values, value)
}

func (c *Case) names(wire string) bool {
	return contains(c.Requires, wire) || contains(c.Allows, wire)
}

// isForeign tells whether a field belongs to other cases only.
func (u *Union) isForeign(picked *Case, wire string) bool {
	if wire == u.Tag || (picked != nil && picked.names(wire)) {
		return false
	}
	for at := range u.Cases {
		if u.Cases[at].names(wire) {
			return true
		}
	}
	return contains(u.Former, wire)
}

// union judges the fields of a union's cases.
func (c *context) union(at *place, table *Table, value string, picked *Case, slots []View, f flags) {
	union := table.Union
	if picked != nil {
		level := f.level(picked.Level, Admission)
		for _, wire := range picked.Requires {
			index := table.position(wire)
			if index < 0 {
				continue
			}
			field := &table.Fields[index]
			view := effective(field, slots[index], Admission)
			there := view != nil && (!picked.Filled || isFilled(view))
			if there || (slots[index] == nil && field.Required) {
				continue
			}
			message := msgCaseNeeds(wire, union.Tag, value)
			if picked.Filled {
				message = msgCaseNeedsFilled(wire, union.Tag, value)
			}
			c.push(at.key(wire), CodeCaseNeeds, level, message)
		}
	}
	if union.Foreign == ForeignIgnore {
		return
	}
	for index := range table.Fields {
		wire, view := table.Fields[index].Wire, slots[index]
		if view == nil || !union.isForeign(picked, wire) {
			continue
		}
		// A field of another case says something unless it is an empty list or text.
		if _, object := view.(Object); !object && !isFilled(view) {
			continue
		}
		if union.Foreign == ForeignRefuse {
			c.push(at.key(wire), CodeIgnored, f.level(Error, Admission), msgRefused(wire, union.Tag, value))
		} else {
			c.push(at.key(wire), CodeIgnored, Warning, msgIgnored(wire, union.Tag, value))
		}
	}
}
