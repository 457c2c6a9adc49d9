import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules about the entries of lists. */
final class Lists {
    /** Of a long circle so many names are shown at both ends. */
    private static final int ENDS = 5;

    private Lists() {}

    /** Entries of a list differ, whole or by one field. */
    static void unique(Judge judge, Owner owner, Rule rule, Level level, Flags flags) {
        String name = FieldPath.words(rule.list);
        for (Walk.Leaf leaf : Walk.walk(owner, rule.list, rule.layer)) {
            if (!(leaf.view() instanceof Views.ListView list)) {
                continue;
            }
            Set<String> seen = new HashSet<>();
            for (int at = 0; at < list.size(); at++) {
                Object value = rule.by == null ? list.get(at) : own(list.get(at), rule.by);
                if (Views.notNull(value) == null || seen.add(Views.identity(value))) {
                    continue;
                }
                String shown = leaf.sensitive() ? null : flags.shown(value);
                Place place = Place.at(leaf.place(), at);
                String message = rule.by == null
                        ? Messages.unique(shown, name, rule.whenWords)
                        : Messages.uniqueBy(shown, name, rule.by, rule.whenWords);
                Place wrong = rule.by == null ? place : Place.at(place, rule.by);
                judge.push(wrong, Codes.UNIQUE, level, rule.said(message));
            }
        }
    }

    /** Each name used is a name given. */
    static void references(Judge judge, Owner owner, Rule rule, Level level, Flags flags) {
        Set<Object> known = new HashSet<>();
        for (Walk.Leaf leaf : Walk.walk(owner, rule.to, rule.layer)) {
            known.add(leaf.view());
        }
        List<Walk.Leaf> used = new ArrayList<>();
        int each = rule.from.indexOf(FieldPath.EACH);
        if (each < 0 || rule.of.isEmpty()) {
            used.addAll(Walk.walk(owner, rule.from, rule.layer));
        } else {
            // The conditions are about the items of the first list: stop there, ask, then go on.
            List<String> rest = rule.from.subList(each + 1, rule.from.size());
            for (Walk.Leaf item : Walk.walk(owner, rule.from.subList(0, each + 1), rule.layer)) {
                if (item.view() != null && Walk.fulfils(item, rule.of, rule.layer)) {
                    used.addAll(Walk.steps(item, rest, rule.layer));
                }
            }
        }
        for (Walk.Leaf leaf : used) {
            if (leaf.view() instanceof String name && !known.contains(name)) {
                String shown = leaf.sensitive() ? null : flags.shown(name);
                String message = Messages.dangling(shown, FieldPath.words(rule.to), rule.whenWords);
                judge.push(leaf.place(), Codes.DANGLING, level, rule.said(message));
            }
        }
    }

    /** Equal for items that are told apart by nothing, and how messages show it; null if they do not. */
    record Told(String key, String shown) {}

    /** What an item is told apart by; null if a key is absent, which is reported as that. */
    static Told toldBy(Place place, Object item, List<String> by) {
        if (by.isEmpty()) {
            return new Told(Views.identity(item), Views.shown(item));
        }
        StringBuilder key = new StringBuilder();
        List<String> texts = new ArrayList<>();
        boolean hidden = false;
        for (String name : by) {
            Walk.Leaf from = new Walk.Leaf(place, item, null, false);
            for (Walk.Leaf leaf : Walk.steps(from, List.of(name), Layer.STRUCTURE)) {
                if (leaf.view() == null) {
                    return null;
                }
                key.append(Views.identity(leaf.view())).append('\n');
                String text = leaf.sensitive() ? null : Views.shown(leaf.view());
                hidden |= text == null;
                texts.add(name + ": " + text);
            }
        }
        return new Told(key.toString(), hidden ? null : String.join(", ", texts));
    }

    /** A field of an item as it is written, defaults left out. */
    private static Object own(Object item, String name) {
        if (item instanceof Model model) {
            return model.named(name);
        }
        return item instanceof Views.MapView map ? map.get(name) : null;
    }

    /** References between entries form no circle. */
    static void circles(Judge judge, Owner owner, Rule rule, Level level) {
        for (Walk.Leaf leaf : Walk.walk(owner, rule.list, rule.layer)) {
            Circle circle = leaf.view() instanceof Views.ListView list ? circle(list, rule.by, rule.edges) : null;
            if (circle == null) {
                continue;
            }
            // Point at the name that closes the circle.
            String target = circle.names.get(circle.names.size() - 1);
            Place place = Place.at(leaf.place(), circle.last);
            Object item = ((Views.ListView) leaf.view()).get(circle.last);
            for (Walk.Leaf edge : Walk.steps(new Walk.Leaf(place, item, null, false), rule.edges, rule.layer)) {
                if (target.equals(edge.view())) {
                    judge.push(edge.place(), Codes.CYCLE, level, rule.said(words(circle.names)));
                    return;
                }
            }
        }
    }

    private static String words(List<String> names) {
        boolean tooLong = names.size() > 2 * ENDS + 1;
        StringBuilder out = new StringBuilder(Messages.cycle());
        for (int at = 0; at < names.size(); at++) {
            if (tooLong && at >= ENDS && at + ENDS < names.size()) {
                out.append(at == ENDS ? " -> …" : "");
            } else {
                out.append(at > 0 ? " -> " : "").append(Texts.quote(names.get(at)));
            }
        }
        return out.toString();
    }

    /** A circle: its names, the first one again at the end, and the place of its last item. */
    private record Circle(List<String> names, int last) {}

    /** A step of the way through a list: an item and how many of its edges were taken. */
    private static final class Step {
        private final int at;
        private int next;

        private Step(int at) {
            this.at = at;
        }
    }

    /** The first circle in the order of the items; null if there is none. Depth first, without recursion. */
    private static Circle circle(Views.ListView list, String name, List<String> path) {
        List<Object> items = list.items();
        List<String> called = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (Object item : items) {
            boolean named = own(item, name) instanceof String;
            String text = named ? (String) own(item, name) : "";
            if (named) {
                places.putIfAbsent(text, called.size());
            }
            called.add(text);
        }
        List<List<Integer>> edges = new ArrayList<>();
        for (Object item : items) {
            List<Integer> targets = new ArrayList<>();
            for (Walk.Leaf leaf : Walk.steps(new Walk.Leaf(null, item, null, false), path, Layer.STRUCTURE)) {
                Integer target = leaf.view() instanceof String text ? places.get(text) : null;
                if (target != null) {
                    targets.add(target);
                }
            }
            edges.add(targets);
        }
        Boolean[] done = new Boolean[items.size()];
        for (int start = 0; start < done.length; start++) {
            if (done[start] != null) {
                continue;
            }
            Deque<Step> way = new ArrayDeque<>(List.of(new Step(start)));
            while (!way.isEmpty()) {
                Step step = way.getLast();
                List<Integer> targets = edges.get(step.at);
                if (step.next == targets.size()) {
                    done[step.at] = true;
                    way.removeLast();
                    continue;
                }
                int target = targets.get(step.next++);
                done[step.at] = false;
                if (done[target] == null) {
                    way.add(new Step(target));
                } else if (!done[target]) {
                    return closed(way, target, called);
                }
            }
        }
        return null;
    }

    private static Circle closed(Deque<Step> way, int target, List<String> called) {
        List<String> names = new ArrayList<>();
        int last = target;
        boolean inside = false;
        for (Step step : way) {
            inside = inside || step.at == target;
            if (inside) {
                names.add(called.get(step.at));
                last = step.at;
            }
        }
        names.add(called.get(target));
        return new Circle(names, last);
    }
}
