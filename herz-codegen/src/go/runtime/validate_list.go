package spec

// unique: entries of a list differ, whole or by one field.
func (c *context) unique(o owner, rule *Rule, level Level, f flags) {
	walk(o, rule.List, rule.Layer, func(l *leaf) {
		list, ok := l.view.(List)
		if !ok {
			return
		}
		seen := make(map[string]bool)
		for index := 0; index < list.Len(); index++ {
			at, value := l.place.item(index), list.Item(index)
			if rule.By != "" {
				at, value = at.key(rule.By), own(value, rule.By)
			}
			if notNull(value) == nil {
				continue
			}
			key := identity(value)
			if !seen[key] {
				seen[key] = true
				continue
			}
			var text *string
			if !f.sensitive && !l.sensitive {
				text = shownView(value)
			}
			message := msgUnique(text, rule.List.String(), rule.WhenWords)
			if rule.By != "" {
				message = msgUniqueBy(text, rule.List.String(), rule.By, rule.WhenWords)
			}
			c.push(at, CodeUnique, level, rule.said(message))
		}
	})
}

// refersTo: each name used is a name given.
func (c *context) refersTo(o owner, rule *Rule, level Level, f flags) {
	known := make(map[string]bool)
	walk(o, rule.To, rule.Layer, func(l *leaf) {
		if text, ok := l.view.(string); ok {
			known[text] = true
		}
	})
	judge := func(l *leaf) {
		name, ok := l.view.(string)
		if !ok || known[name] {
			return
		}
		var shown *string
		if !f.sensitive && !l.sensitive {
			shown = &name
		}
		c.push(l.place, CodeDangling, level, rule.said(msgDangling(shown, rule.To.String(), rule.WhenWords)))
	}
	// The conditions are about the items of the first list: stop there, ask, then go on.
	each := -1
	for at, step := range rule.From {
		if step == Each {
			each = at
			break
		}
	}
	if each < 0 || len(rule.Of) == 0 {
		walk(o, rule.From, rule.Layer, judge)
		return
	}
	walk(o, rule.From[:each+1], rule.Layer, func(item *leaf) {
		if item.view != nil && fulfils(item, rule.Of, rule.Layer) {
			steps(item, rule.From[each+1:], rule.Layer, judge)
		}
	})
}

// acyclic: references between entries form no circle.
func (c *context) acyclic(o owner, rule *Rule, level Level) {
	var at *place
	var message string
	walk(o, rule.List, rule.Layer, func(l *leaf) {
		list, ok := l.view.(List)
		if !ok {
			return
		}
		names, items := circle(list, rule.By, rule.Edges)
		if items == nil {
			return
		}
		index := items[len(items)-1]
		target := names[len(names)-1]
		user := leaf{place: l.place.item(index), view: list.Item(index)}
		// Point at the name that closes the circle.
		steps(&user, rule.Edges, rule.Layer, func(edge *leaf) {
			if text, ok := edge.view.(string); ok && at == nil && text == target {
				at, message = edge.place, rule.said(cycleWords(names))
			}
		})
	})
	if at != nil {
		c.push(at, CodeCycle, level, message)
	}
}

// own is a field of an item as it is written, defaults left out.
func own(item View, name string) View {
	switch v := item.(type) {
	case Object:
		if at := v.Table().position(name); at >= 0 {
			return v.Field(at)
		}
	case Map:
		return v.Value(name)
	}
	return nil
}

// circle is the first circle in the order of the items: its names, the first one again at the end,
// and its items. Depth first, without recursion.
func circle(list List, name string, path FieldPath) (names []string, items []int) {
	length := list.Len()
	called := make([]string, length)
	places := make(map[string]int)
	for at := 0; at < length; at++ {
		text, ok := own(list.Item(at), name).(string)
		if !ok {
			continue
		}
		called[at] = text
		if _, there := places[text]; !there {
			places[text] = at
		}
	}
	edges := make([][]int, length)
	for at := 0; at < length; at++ {
		item := leaf{view: list.Item(at)}
		steps(&item, path, Structure, func(l *leaf) {
			if text, ok := l.view.(string); ok {
				if target, there := places[text]; there {
					edges[at] = append(edges[at], target)
				}
			}
		})
	}
	const (
		open = 1
		done = 2
	)
	type step struct{ at, next int }
	states := make([]int, length)
	for start := 0; start < length; start++ {
		if states[start] != 0 {
			continue
		}
		way := []step{{start, 0}}
		for len(way) > 0 {
			last := &way[len(way)-1]
			at, edge := last.at, last.next
			last.next++
			if edge >= len(edges[at]) {
				states[at] = done
				way = way[:len(way)-1]
				continue
			}
			states[at] = open
			target := edges[at][edge]
			switch states[target] {
			case 0:
				way = append(way, step{target, 0})
			case open:
				for _, one := range way {
					if len(items) > 0 || one.at == target {
						items = append(items, one.at)
						names = append(names, called[one.at])
					}
				}
				return append(names, called[target]), items
			}
		}
	}
	return nil, nil
}
