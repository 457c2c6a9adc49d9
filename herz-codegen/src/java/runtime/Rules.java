import java.util.ArrayList;
import java.util.List;

/** The rules of one object. */
final class Rules {
    private final Judge judge;
    private final Owner owner;
    private final Flags flags;

    Rules(Judge judge, Owner owner, Flags flags) {
        this.judge = judge;
        this.owner = owner;
        this.flags = flags;
    }

    void judge(Model object) {
        for (Rule rule : owner.table().rules) {
            if (!Walk.applies(owner, rule.when, rule.layer)) {
                continue;
            }
            Level level = flags.level(rule.level, rule.layer);
            switch (rule.kind) {
                case REQUIRES, FORBIDS -> each(rule, level);
                case COUNT -> count(rule, level);
                case COMPARE -> compare(rule, level);
                case UNIQUE -> Lists.unique(judge, owner, rule, level, flags);
                case REFERS_TO -> Lists.references(judge, owner, rule, level, flags);
                case ACYCLIC -> Lists.circles(judge, owner, rule, level);
                case IMMUTABLE -> {}
                case CEL -> {
                    if (Boolean.FALSE.equals(rule.holds.apply(object))) {
                        String message = rule.said(Messages.cel(rule.name, rule.source));
                        judge.push(firstPlace(rule), Codes.CEL, level, message);
                    }
                }
            }
        }
    }

    /** The first field that a rule points at. */
    private Place firstPlace(Rule rule) {
        for (FieldPath path : rule.fields) {
            List<Walk.Leaf> ends = walk(path.steps(), rule);
            if (!ends.isEmpty()) {
                return ends.get(0).place();
            }
        }
        return owner.place();
    }

    private List<Walk.Leaf> walk(List<String> path, Rule rule) {
        return Walk.walk(owner, path, rule.layer);
    }

    private void each(Rule rule, Level level) {
        for (FieldPath path : rule.fields) {
            String words = FieldPath.words(path.steps());
            for (Walk.Leaf leaf : walk(path.steps(), rule)) {
                boolean there = leaf.isThere(rule.filled);
                if (rule.kind == Rule.Kind.FORBIDS && there) {
                    String message = Messages.forbidden(words, rule.whenWords);
                    judge.push(leaf.place(), Codes.FORBIDDEN, level, rule.said(message));
                } else if (rule.kind == Rule.Kind.REQUIRES && !there) {
                    String message = rule.filled
                            ? Messages.requiresFilled(words, rule.whenWords)
                            : Messages.requires(words, rule.whenWords);
                    judge.push(leaf.place(), Codes.REQUIRES, level, rule.said(message));
                }
            }
        }
    }

    private void count(Rule rule, Level level) {
        List<String> names = new ArrayList<>();
        List<String> there = new ArrayList<>();
        Place second = null;
        for (FieldPath path : rule.fields) {
            names.add(FieldPath.words(path.steps()));
            for (Walk.Leaf leaf : walk(path.steps(), rule)) {
                if (leaf.isThere(rule.filled)) {
                    there.add(FieldPath.words(path.steps()));
                    second = there.size() == 2 ? leaf.place() : second;
                    break;
                }
            }
        }
        boolean tooFew = there.size() < rule.min;
        if (!tooFew && !(rule.atMostOne && there.size() > 1)) {
            return;
        }
        String code = Codes.EXACTLY_ONE_OF;
        String demand = "exactly one of";
        if (rule.min == 0) {
            code = Codes.AT_MOST_ONE_OF;
            demand = "at most one of";
        } else if (!rule.atMostOne) {
            code = Codes.AT_LEAST_ONE_OF;
            demand = "at least one of";
        }
        String found = there.isEmpty() ? "none" : Texts.alternatives(there, "and");
        String message = rule.said(Messages.count(demand, names, found, rule.whenWords));
        // The second one is where the mistake was made.
        judge.push(second != null && !tooFew ? second : owner.place(), code, level, message);
    }

    /** One side of a comparison: an amount or a text. */
    private record Side(Object value, String shown) {
        /** The order of two sides; null for what can't be compared, such as a malformed text. */
        private Integer compare(Side other) {
            if (value instanceof String a && other.value instanceof String b) {
                return Texts.compare(a, b);
            }
            return value instanceof Magnitude a && other.value instanceof Magnitude b ? a.compare(b) : null;
        }
    }

    private Side side(Walk.Leaf leaf) {
        Magnitude magnitude = leaf.magnitude();
        Object value = magnitude == null ? leaf.view() : magnitude;
        if (!(value instanceof String) && magnitude == null) {
            return null;
        }
        return new Side(value, leaf.sensitive() ? null : flags.shown(leaf.view()));
    }

    private void compare(Rule rule, Level level) {
        Side right = null;
        for (Walk.Leaf leaf : walk(rule.right, rule)) {
            right = right == null ? side(leaf) : right;
        }
        if (right == null) {
            return;
        }
        Place place = null;
        String message = null;
        for (Walk.Leaf leaf : walk(rule.left, rule)) {
            Side left = side(leaf);
            Integer order = left == null ? null : left.compare(right);
            if (order == null || holds(rule.op, order)) {
                continue;
            }
            String[] names = {FieldPath.words(rule.left), FieldPath.words(rule.right)};
            place = leaf.place();
            message = rule.said(Messages.compare(
                    names[0], left.shown(), relation(rule.op), names[1], right.shown(), rule.whenWords));
        }
        if (message != null) {
            judge.push(place, Codes.COMPARE, level, message);
        }
    }

    private static boolean holds(String op, int order) {
        return switch (op) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "==" -> order == 0;
            default -> order != 0;
        };
    }

    private static String relation(String op) {
        return switch (op) {
            case "<" -> "less than";
            case "<=" -> "at most";
            case ">" -> "greater than";
            case ">=" -> "at least";
            case "==" -> "equal to";
            default -> "different from";
        };
    }
}
