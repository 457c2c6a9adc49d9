import java.util.ArrayList;
import java.util.List;

/** Schedules as cron has them. */
final class Schedules {
    /** What a field of a schedule may hold. */
    private record Bounds(String name, int least, int most, List<String> names) {}

    private static final List<Bounds> FIELDS = List.of(
            new Bounds("second", 0, 59, List.of()),
            new Bounds("minute", 0, 59, List.of()),
            new Bounds("hour", 0, 23, List.of()),
            new Bounds("day of month", 1, 31, List.of()),
            new Bounds("month", 1, 12, List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Bounds("day of week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    private static final List<String> NAMED =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    private Schedules() {}

    /** What is wrong with a schedule; null if nothing is. */
    static String problem(String text) {
        if (text.isEmpty()) {
            return "the schedule is empty";
        }
        String prefix = text.startsWith("TZ=") ? "TZ=" : text.startsWith("CRON_TZ=") ? "CRON_TZ=" : null;
        if (prefix == null) {
            return times(text);
        }
        Texts.Cut zone = Texts.cut(text.substring(prefix.length()), " ");
        if (zone.after() == null) {
            return Texts.quoteScalar(text) + " has a time zone and nothing else";
        }
        String name = zone.before();
        if (!name.isEmpty() && !name.equals("Local") && !Zones.NAMES.contains(name)) {
            return Texts.quoteScalar(name) + " is no time zone";
        }
        return times(Digits.trim(zone.after()));
    }

    private static String times(String text) {
        if (NAMED.contains(text)) {
            return null;
        }
        if (text.startsWith("@")) {
            if (!text.startsWith("@every ")) {
                return Texts.quoteScalar(text) + " is no named schedule";
            }
            return Moments.goDuration(text.substring("@every ".length())).message();
        }
        List<String> fields = new ArrayList<>(Digits.fields(text));
        if (fields.size() == 5) {
            fields.add(0, "0");
        }
        if (fields.size() != 6) {
            String ending = fields.size() == 1 ? "" : "s";
            return Texts.quoteScalar(text) + " has " + fields.size() + " field" + ending + ", not 5 or 6";
        }
        for (int at = 0; at < 6; at++) {
            Bounds bounds = FIELDS.get(at);
            for (String entry : fields.get(at).split(",", -1)) {
                String problem = entry.isEmpty() ? null : entry(entry, bounds);
                if (problem != null) {
                    return "the " + bounds.name() + " field: " + problem;
                }
            }
        }
        return null;
    }

    /** A number or what is wrong with its text. */
    private record Found(long number, String problem) {}

    /** {@code *}, {@code ?}, a number, two with {@code -}; a step behind {@code /}. */
    private static String entry(String entry, Bounds bounds) {
        String quoted = Texts.quoteScalar(entry);
        String[] parts = entry.split("/", -1);
        String[] ends = parts[0].split("-", -1);
        Found from = new Found(bounds.least(), null);
        Found to = new Found(bounds.most(), null);
        if (!ends[0].equals("*") && !ends[0].equals("?")) {
            from = name(ends[0], bounds);
            if (from.problem() != null) {
                return from.problem();
            }
            if (ends.length > 2) {
                return quoted + " has too many hyphens";
            }
            to = ends.length == 1 ? from : name(ends[1], bounds);
            if (to.problem() != null) {
                return to.problem();
            }
        }
        if (parts.length > 2) {
            return quoted + " has too many slashes";
        }
        long every = 1;
        if (parts.length == 2) {
            Found step = number(parts[1]);
            if (step.problem() != null) {
                return step.problem();
            }
            every = step.number();
            if (ends.length == 1) {
                to = new Found(bounds.most(), null);
            }
        }
        if (from.number() < bounds.least() || to.number() > bounds.most()) {
            return quoted + " is not within " + bounds.least() + " to " + bounds.most();
        }
        if (from.number() > to.number()) {
            return quoted + " ends before it starts";
        }
        return every == 0 ? quoted + " has the step 0" : null;
    }

    private static Found name(String text, Bounds bounds) {
        int at = bounds.names().indexOf(Digits.lower(text));
        return at < 0 ? number(text) : new Found(bounds.least() + at, null);
    }

    private static Found number(String text) {
        Object value = Digits.atoi(text);
        if (value == Numbers.Fault.TOO_BIG) {
            return new Found(0, Texts.quoteScalar(text) + " is too big");
        }
        if (!(value instanceof Long number)) {
            return new Found(0, Texts.quoteScalar(text) + " is no number");
        }
        return new Found(number, number < 0 ? Texts.quoteScalar(text) + " is negative" : null);
    }
}
