import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** One limit at one place. */
final class Limits {
    private final Judge judge;
    private final Place place;
    private final Limit limit;
    private final Dialect dialect;
    private final Around around;
    private final Flags flags;
    private final Level level;

    private Limits(Judge judge, Place place, Limit limit, Dialect dialect, Around around, Flags flags) {
        this.judge = judge;
        this.place = place;
        this.limit = limit;
        this.dialect = dialect;
        this.around = around;
        this.flags = flags;
        level = flags.level(limit.level, limit.layer);
    }

    /** What is known of a value besides its shape: how it is seen, and which layers mend it if it is empty. */
    record Around(Normalize normalize, boolean structureMends, boolean admissionMends) {
        private boolean mends(Layer layer) {
            return layer == Layer.STRUCTURE ? structureMends : admissionMends;
        }
    }

    static void judge(Judge judge, Place place, Object view, Shape shape, Around around, Flags flags) {
        Dialect dialect = shape.dialect();
        for (Limit limit : shape.limits) {
            if (around.mends(limit.layer) && !Views.isFilled(view)) {
                continue;
            }
            if (!new Limits(judge, place, limit, dialect, around, flags).judge(view)) {
                return;
            }
        }
    }

    private void push(String code, String message) {
        judge.push(place, code, level, message);
    }

    /** The text as the layer of the limit sees it. */
    private String seen(String text) {
        return around.normalize != null && limit.layer == Layer.ADMISSION ? around.normalize.seen(text) : text;
    }

    /** False if the value is so wrong that no other limit says more. */
    private boolean judge(Object view) {
        if (view instanceof String text && limit.kind != Limit.Kind.RANGE && limit.kind != Limit.Kind.MULTIPLE_OF) {
            return text(text);
        }
        switch (limit.kind) {
            case RANGE -> range(view);
            case MULTIPLE_OF -> multipleOf(view);
            case ITEMS -> items(view);
            case UNIQUE_ITEMS -> uniqueItems(view);
            case TOLD_APART -> toldApart(view);
            case GRAMMAR, ONE_OF -> eachText(view);
            case LENGTH, PATTERN, FILLED, SCALAR, ENUM, BASE64 -> {}
        }
        return true;
    }

    private void range(Object view) {
        Double number = number(view);
        if (number == null) {
            return;
        }
        boolean above = limit.min == null || number > limit.min.value
                || (!limit.min.exclusive && number == limit.min.value);
        boolean below = limit.max == null || number < limit.max.value
                || (!limit.max.exclusive && number == limit.max.value);
        // NaN is in no range.
        if (!above || !below) {
            push(Codes.OUT_OF_RANGE, Messages.outOfRange(flags.shown(view), rangeWords()));
        }
    }

    private String rangeWords() {
        Bound least = limit.min;
        Bound most = limit.max;
        if (least != null && most != null && !least.exclusive && !most.exclusive) {
            return least.text + " to " + most.text;
        }
        String from = least == null ? null : (least.exclusive ? "more than " : "at least ") + least.text;
        String to = most == null ? null : (most.exclusive ? "less than " : "at most ") + most.text;
        if (from != null && to != null) {
            return from + " and " + to;
        }
        return from != null ? from : to != null ? to : "any number";
    }

    private void multipleOf(Object view) {
        Double number = number(view);
        if (number != null && limit.step != 0 && !divides(view, number, limit.step)) {
            String step = Numbers.floatText(limit.step);
            push(Codes.MULTIPLE_OF, Messages.multipleOf(flags.shown(view), step));
        }
    }

    /** Whether a value, or the number that it says, is a multiple of a step: exactly, where both are whole. */
    private static boolean divides(Object view, double number, double step) {
        boolean wholeStep = Math.rint(step) == step;
        if (view instanceof Long whole && wholeStep) {
            BigInteger exact = new java.math.BigDecimal(step).toBigInteger();
            return BigInteger.valueOf(whole).remainder(exact).signum() == 0;
        }
        if (view instanceof BigInteger whole && wholeStep) {
            return whole.remainder(new java.math.BigDecimal(step).toBigInteger()).signum() == 0;
        }
        if (Math.rint(number) == number && !Double.isInfinite(number) && wholeStep) {
            return number % step == 0;
        }
        double parts = number / step;
        double nearest = Math.signum(parts) * Math.floor(Math.abs(parts) + 0.5);
        return Math.abs(parts - nearest) <= 1e-9 * Math.max(Math.abs(parts), 1);
    }

    /** The number that a range is about; null if there is none. */
    private Double number(Object view) {
        if (view instanceof Number number) {
            return number.doubleValue();
        }
        if (!(view instanceof String text) || dialect == null) {
            return null;
        }
        Parsed parsed = dialect.parse(text);
        return parsed.isOk() ? parsed.magnitude().value() : null;
    }

    private boolean within(long count) {
        return (limit.least == null || count >= limit.least) && (limit.most == null || count <= limit.most);
    }

    private String countWords() {
        Long least = limit.least;
        Long most = limit.most;
        if (least != null && most != null) {
            return least.equals(most) ? "exactly " + least : least + " to " + most;
        }
        return least != null ? "at least " + least : most != null ? "at most " + most : "any number";
    }

    private void items(Object view) {
        int count = view instanceof Views.ListView list
                ? list.size()
                : view instanceof Views.MapView map ? map.keys().size() : -1;
        if (count >= 0 && !within(count)) {
            push(Codes.ITEMS, Messages.items(String.valueOf(count), countWords()));
        }
    }

    private void uniqueItems(Object view) {
        if (!(view instanceof Views.ListView list)) {
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int at = 0; at < list.size(); at++) {
            Integer first = seen.putIfAbsent(Views.identity(list.get(at)), at);
            if (first != null) {
                String message = Messages.duplicateItem(flags.shown(list.get(at)), String.valueOf(first));
                judge.push(Place.at(place, at), Codes.DUPLICATE_ITEM, level, message);
            }
        }
    }

    private void toldApart(Object view) {
        if (!(view instanceof Views.ListView list)) {
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int at = 0; at < list.size(); at++) {
            Place item = Place.at(place, at);
            Lists.Told told = Lists.toldBy(item, list.get(at), limit.values);
            Integer first = told == null ? null : seen.putIfAbsent(told.key(), at);
            if (first != null) {
                String shown = flags.sensitive() ? null : told.shown();
                judge.push(item, Codes.DUPLICATE_ITEM, level, Messages.duplicateItem(shown, String.valueOf(first)));
            }
        }
    }

    /** On a list of texts a limit is about each of them. */
    private void eachText(Object view) {
        if (!(view instanceof Views.ListView list)) {
            return;
        }
        for (int at = 0; at < list.size(); at++) {
            if (list.get(at) instanceof String) {
                new Limits(judge, Place.at(place, at), limit, null, around, flags).judge(list.get(at));
            }
        }
    }

    private boolean text(String text) {
        switch (limit.kind) {
            case LENGTH -> {
                int characters = Texts.characters(seen(text));
                if (!within(characters)) {
                    push(Codes.LENGTH, Messages.length(String.valueOf(characters), countWords()));
                }
            }
            case PATTERN -> {
                // A malformed text is reported as that; one cause, one finding.
                boolean malformed = !flags.advice() && !text.isEmpty() && dialect != null
                        && !dialect.parse(seen(text)).isOk();
                if (!malformed && !Portable.matches(limit.pattern, seen(text))) {
                    push(Codes.PATTERN, Messages.pattern(flags.shown(text), limit.pattern));
                }
            }
            case SCALAR, GRAMMAR -> grammar(text);
            case ENUM -> {
                return choice(text, limit.choice);
            }
            case ONE_OF -> {
                if (!limit.values.contains(seen(text))) {
                    push(Codes.NOT_ALLOWED, Messages.notAllowed(flags.shown(text), limit.values));
                }
            }
            case BASE64 -> {
                String problem = Base64Text.problem(text);
                if (problem != null) {
                    push(Codes.GRAMMAR, Messages.notBase64(problem));
                    return false;
                }
            }
            case RANGE, ITEMS, MULTIPLE_OF, UNIQUE_ITEMS, TOLD_APART, FILLED -> {}
        }
        return true;
    }

    private void grammar(String text) {
        if (limit.allowEmpty && text.isEmpty()) {
            return;
        }
        Parsed parsed = limit.dialect.parse(seen(text));
        if (!parsed.isOk()) {
            String message = flags.sensitive()
                    ? Messages.grammarHidden(parsed.allowed())
                    : Messages.grammar(parsed.message(), parsed.allowed());
            push(Codes.GRAMMAR, message);
        }
    }

    /** One of the values of an enum. False if it is none. */
    private boolean choice(String text, Choice choice) {
        if (choice.values.contains(text)) {
            for (Deprecation one : choice.deprecated) {
                if (one.name.equals(text)) {
                    judge.deprecated(place, "value", text, one);
                    break;
                }
            }
            return true;
        }
        if (text.isEmpty() && choice.allowEmpty) {
            return false;
        }
        for (String[] gone : choice.gone) {
            if (gone[0].equals(text)) {
                push(Codes.GONE, Table.goneMessage("value", text, gone[1]));
                return false;
            }
        }
        push(Codes.NOT_ALLOWED, Messages.notAllowed(flags.shown(text), choice.values));
        return false;
    }
}
