import java.util.List;

/** Fields that belong to a value of a tag. */
final class Unions {
    private Unions() {}

    /** The value of a tag, and the case that it picks; a known value may pick none (null). */
    record Chosen(String value, Case picked) {}

    /** What the tag of an object says; null if the type has none, or the value is not known. */
    static Chosen chosen(Owner owner) {
        Union union = owner.table().union;
        int at = union == null ? -1 : owner.table().find(union.tag);
        if (at < 0) {
            return null;
        }
        Field field = owner.table().fields.get(at);
        if (!(Walk.effective(field, owner.slots()[at], Layer.STRUCTURE) instanceof String value)) {
            return null;
        }
        for (Case one : union.cases) {
            if (one.value.equals(value)) {
                return new Chosen(value, one);
            }
        }
        Choice choice = field.choice();
        return choice != null && choice.values.contains(value) ? new Chosen(value, null) : null;
    }

    /** Whether a field belongs to other cases only. */
    static boolean isForeign(Union union, Case picked, String wire) {
        if (wire.equals(union.tag) || (picked != null && picked.names(wire))) {
            return false;
        }
        return union.cases.stream().anyMatch(one -> one.names(wire)) || union.former.contains(wire);
    }

    /** Judges the fields of a union's cases. */
    static void judge(Judge judge, Owner owner, Chosen chosen, Flags flags) {
        Union union = owner.table().union;
        Case picked = chosen.picked();
        List<String> requires = picked == null ? List.of() : picked.requires;
        for (String wire : requires) {
            int at = owner.table().find(wire);
            if (at < 0) {
                continue;
            }
            Field field = owner.table().fields.get(at);
            Object view = Walk.effective(field, owner.slots()[at], Layer.ADMISSION);
            boolean there = view != null && (!picked.filled || Views.isFilled(view));
            if (there || (owner.slots()[at] == null && field.required)) {
                continue;
            }
            String message = picked.filled
                    ? Messages.caseNeedsFilled(wire, union.tag, chosen.value())
                    : Messages.caseNeeds(wire, union.tag, chosen.value());
            Level level = flags.level(picked.level, Layer.ADMISSION);
            judge.push(Place.at(owner.place(), wire), Codes.CASE_NEEDS, level, message);
        }
        if (union.foreign == Union.Foreign.IGNORE) {
            return;
        }
        for (int at = 0; at < owner.slots().length; at++) {
            String wire = owner.table().fields.get(at).wire;
            Object view = owner.slots()[at];
            if (view == null || !isForeign(union, picked, wire)) {
                continue;
            }
            // A field of another case says something unless it is an empty list or text.
            if (!(view instanceof Model) && !Views.isFilled(view)) {
                continue;
            }
            Place place = Place.at(owner.place(), wire);
            if (union.foreign == Union.Foreign.REFUSE) {
                Level level = flags.level(Level.ERROR, Layer.ADMISSION);
                judge.push(place, Codes.IGNORED, level, Messages.refused(wire, union.tag, chosen.value()));
            } else {
                judge.push(place, Codes.IGNORED, Level.WARNING, Messages.ignored(wire, union.tag, chosen.value()));
            }
        }
    }
}
