import java.util.ArrayList;
import java.util.List;

/**
 * Judges an object by the tables of its types: every violation, errors and warnings, in the order of the schema's
 * fields. Paths start at the object.
 */
final class Judge {
    private final List<Violation> found = new ArrayList<>();

    private Judge() {}

    static List<Violation> judge(Model model) {
        Judge judge = new Judge();
        judge.object(null, model, new Flags(false, false));
        return judge.found;
    }

    void push(Place place, String code, Level level, String message) {
        found.add(new Violation(code, level, Place.path(place), message));
    }

    private void object(Place place, Model object, Flags outer) {
        Table table = object.table();
        Flags flags = new Flags(outer.advice() || table.structureOnly, outer.sensitive());
        List<String> keys = object.others();
        Object[] slots = new Object[table.fields.size()];
        boolean[] misspelt = new boolean[slots.length];
        for (int at = 0; at < slots.length; at++) {
            slots[at] = object.view(at);
            Field field = table.fields.get(at);
            if (slots[at] != null || field.required) {
                continue;
            }
            // One finding for one slip: a key in other letter case counts as the field that it is meant to be. The
            // structure goes by the exact name.
            for (String key : keys) {
                if (Texts.sameButCase(key, field.wire)) {
                    slots[at] = Views.notNull(Views.item(object.unknown().get(key)));
                    misspelt[at] = slots[at] != null;
                    break;
                }
            }
        }
        if (!table.open) {
            for (String key : keys) {
                Table.Said said = table.unknown(key);
                push(Place.at(place, key), said.code(), Level.ERROR, said.message());
            }
        }
        Owner owner = new Owner(place, table, slots);
        Unions.Chosen chosen = Unions.chosen(owner);
        for (int at = 0; at < slots.length; at++) {
            if (!misspelt[at]) {
                field(owner, chosen, at, flags);
            }
        }
        if (chosen != null) {
            Unions.judge(this, owner, chosen, flags);
        }
        new Rules(this, owner, flags).judge(object);
        if (table.document) {
            name(place, slots[2]);
        }
        if (table.lasting != null) {
            lasting(place, object, table.lasting);
        }
    }

    /** The name of a document: there, and one that Kubernetes takes. */
    private void name(Place document, Object metadata) {
        Place place = Place.at(Place.at(document, "metadata"), "name");
        String name = text(metadata, "name");
        if (!name.isEmpty()) {
            Parsed parsed = Dialect.HOSTNAME_DNS1123.parse(name);
            if (!parsed.isOk()) {
                String message = Messages.grammar(parsed.message(), parsed.allowed());
                push(place, Codes.OBJECT_NAME, Level.WARNING, message);
            }
        } else if (text(metadata, "generateName").isEmpty()) {
            push(place, Codes.OBJECT_NAME, Level.WARNING, Messages.noName());
        }
    }

    private static String text(Object metadata, String wire) {
        return metadata instanceof Model model && model.named(wire) instanceof String text ? text : "";
    }

    /** Judges a field, there or not. */
    private void field(Owner owner, Unions.Chosen chosen, int at, Flags outer) {
        Field field = owner.table().fields.get(at);
        Place place = Place.at(owner.place(), field.wire);
        Object view = owner.slots()[at];
        if (view == null) {
            filled(place, field, true, outer);
            return;
        }
        if (field.deprecated != null) {
            deprecated(place, "field", field.wire, field.deprecated);
        }
        Union union = owner.table().union;
        boolean foreign = chosen != null && union.selectedOnly && Unions.isForeign(union, chosen.picked(), field.wire);
        Flags below = new Flags(
                outer.advice() || field.structureOnly || foreign, outer.sensitive() || field.sensitive);
        Limits.Around around = new Limits.Around(
                field.normalize, field.mendsEmpty(Layer.STRUCTURE), field.mendsEmpty(Layer.ADMISSION));
        value(place, view, field.shape(), around, below);
        if (!Views.isFilled(view)) {
            filled(place, field, false, outer);
        }
    }

    private void filled(Place place, Field field, boolean absent, Flags flags) {
        for (Limit limit : field.limits) {
            if (limit.kind != Limit.Kind.FILLED) {
                continue;
            }
            Default known = field.filledBy(limit.layer);
            boolean mends = known != null && (absent || known.fillEmpty) && Views.isFilled(known.view());
            if (!mends) {
                push(place, Codes.EMPTY, flags.level(limit.level, limit.layer), Messages.empty(field.wire));
            }
            return;
        }
    }

    void deprecated(Place place, String what, String name, Deprecation known) {
        String since = known.since.isEmpty() ? null : known.since;
        String instead = known.instead.isEmpty() ? null : known.instead;
        String note = known.note.isEmpty() ? null : known.note;
        push(place, Codes.DEPRECATED, Level.WARNING, Messages.deprecated(what, name, since, instead, note));
    }

    private void value(Place place, Object view, Shape shape, Limits.Around around, Flags flags) {
        Limits.Around inner = new Limits.Around(around.normalize(), false, false);
        if (view instanceof Model model) {
            object(place, model, flags);
        } else if (view instanceof Views.ListView list) {
            for (int at = 0; at < list.size(); at++) {
                value(Place.at(place, at), list.get(at), shape.below(), inner, flags);
            }
        } else if (view instanceof Views.MapView map) {
            for (String key : map.keys()) {
                value(Place.at(place, key), map.get(key), shape.below(), inner, flags);
            }
        }
        Limits.judge(this, place, view, shape, around, flags);
    }

    /** Warns of a fault that lasts and that nothing ends. */
    private void lasting(Place place, Model object, Lasting lasting) {
        if (Views.notNull(object.named("spec")) == null) {
            return;
        }
        if (!lasting.tag.isEmpty()
                && Walk.written(object, lasting.tag) instanceof String tag
                && lasting.once.contains(tag)) {
            return;
        }
        if (!Views.isFilled(Walk.written(object, lasting.duration))) {
            String name = String.join(".", lasting.duration.subList(1, lasting.duration.size()));
            Place end = Place.at(Place.at(place, "spec"), name);
            push(end, Codes.NO_END, Level.WARNING, Messages.noEnd(name));
        }
    }
}
