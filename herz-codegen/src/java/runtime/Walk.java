import java.util.ArrayList;
import java.util.List;

/** Follows the paths of rules. */
final class Walk {
    private Walk() {}

    /** What stands at the end of a path; the shape is null if nothing is known of it. */
    record Leaf(Place place, Object view, Shape shape, boolean sensitive) {
        boolean isThere(boolean filled) {
            return view != null && (!filled || Views.isFilled(view));
        }

        /** How much the value says; null if it is malformed or no amount. */
        Magnitude magnitude() {
            Dialect dialect = shape == null ? null : shape.dialect();
            if (dialect != null) {
                Magnitude said = view instanceof String text ? dialect.parse(text).magnitude() : null;
                return said == null || said.kind() == Magnitude.Kind.NONE ? null : said;
            }
            return view instanceof Number number
                    ? Magnitude.of(Magnitude.Kind.NUMBER, number.doubleValue())
                    : null;
        }
    }

    /** The value of a field as a layer sees it. */
    static Object effective(Field field, Object view, Layer layer) {
        if (Views.notNull(view) == null || (field.mendsEmpty(layer) && !Views.isFilled(view))) {
            Default known = field.filledBy(layer);
            return known == null ? null : Views.notNull(known.view());
        }
        return view;
    }

    /** Follows a path of a rule from its object and gives each end of it. */
    static List<Leaf> walk(Owner owner, List<String> path, Layer layer) {
        List<Leaf> ends = new ArrayList<>();
        if (path.isEmpty()) {
            return ends;
        }
        String name = path.get(0);
        Place place = Place.at(owner.place(), name);
        int at = owner.table().find(name);
        Leaf first = new Leaf(place, null, null, false);
        if (at >= 0) {
            Field field = owner.table().fields.get(at);
            first = new Leaf(place, effective(field, owner.slots()[at], layer), field.shape(), field.sensitive);
        }
        follow(first, path.subList(1, path.size()), layer, ends);
        return ends;
    }

    /** Follows the rest of a path from a value. */
    static List<Leaf> steps(Leaf from, List<String> path, Layer layer) {
        List<Leaf> ends = new ArrayList<>();
        follow(from, path, layer, ends);
        return ends;
    }

    private static void follow(Leaf from, List<String> path, Layer layer, List<Leaf> ends) {
        if (path.isEmpty()) {
            ends.add(from);
            return;
        }
        List<String> rest = path.subList(1, path.size());
        if (!path.get(0).equals(FieldPath.EACH)) {
            follow(under(from, path.get(0), layer), rest, layer, ends);
            return;
        }
        Shape shape = from.shape == null ? null : from.shape.entries;
        if (from.view instanceof Views.ListView list) {
            for (int at = 0; at < list.size(); at++) {
                Object item = Views.notNull(list.get(at));
                follow(new Leaf(Place.at(from.place, at), item, shape, from.sensitive), rest, layer, ends);
            }
        } else if (from.view instanceof Views.MapView map) {
            for (String key : map.keys()) {
                Object entry = Views.notNull(map.get(key));
                follow(new Leaf(Place.at(from.place, key), entry, shape, from.sensitive), rest, layer, ends);
            }
        }
    }

    private static Leaf under(Leaf from, String step, Layer layer) {
        Place place = Place.at(from.place, step);
        if (from.view instanceof Model model) {
            int at = model.table().find(step);
            if (at >= 0) {
                Field field = model.table().fields.get(at);
                Object view = effective(field, model.view(at), layer);
                return new Leaf(place, view, field.shape(), from.sensitive || field.sensitive);
            }
        } else if (from.view instanceof Views.MapView map) {
            return new Leaf(place, Views.notNull(map.get(step)), null, from.sensitive);
        }
        return new Leaf(place, null, null, from.sensitive);
    }

    private static boolean sees(Condition condition, Object view) {
        if (view == null) {
            return false;
        }
        return switch (condition.test) {
            case IN, NOT_IN -> condition.values.stream().anyMatch(one -> Views.same(view, Views.item(one)));
            case FILLED, EMPTY -> Views.isFilled(view);
            case PRESENT, ABSENT -> true;
        };
    }

    private static boolean holds(Condition condition, List<Leaf> ends) {
        boolean hit = ends.stream().anyMatch(leaf -> sees(condition, leaf.view));
        return switch (condition.test) {
            case IN, PRESENT, FILLED -> hit;
            case NOT_IN, ABSENT, EMPTY -> !hit;
        };
    }

    /** Whether all conditions of a rule hold. */
    static boolean applies(Owner owner, List<Condition> when, Layer layer) {
        return when.stream().allMatch(one -> holds(one, walk(owner, one.field, layer)));
    }

    /** Whether all conditions hold for one value; their paths start at it. */
    static boolean fulfils(Leaf item, List<Condition> when, Layer layer) {
        return when.stream().allMatch(one -> holds(one, steps(item, one.field, layer)));
    }

    /** What is written at a path, defaults left out. */
    static Object written(Model object, List<String> path) {
        Object view = object;
        for (String name : path) {
            view = view instanceof Model model ? model.named(name) : null;
        }
        return view;
    }
}
