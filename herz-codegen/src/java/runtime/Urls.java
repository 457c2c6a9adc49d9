import java.math.BigInteger;
import java.util.function.IntPredicate;

/** URLs. Each function tells what is wrong, or null. */
final class Urls {
    private Urls() {}

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Digits.isDigit(c);
    }

    private static boolean areHex(String text, int at) {
        return at + 2 <= text.length() && text.substring(at, at + 2).matches("[0-9a-fA-F]{2}");
    }

    /** The first of some characters in a text; its end if there is none. */
    private static int first(String text, String of) {
        int at = 0;
        while (at < text.length() && of.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    static String problem(String text) {
        Texts.Cut start = Texts.cut(text, "://");
        if (start.after() == null) {
            return Texts.quoteScalar(text) + " has no scheme with `://`";
        }
        if (!start.before().matches("[a-zA-Z][a-zA-Z0-9+.-]*")) {
            return Texts.quoteScalar(start.before()) + " is no scheme of a URL";
        }
        Texts.Cut rest = Texts.cutAt(start.after(), first(start.after(), "/?#"));
        Texts.Cut fragment = Texts.cut(rest.after(), "#");
        Texts.Cut query = Texts.cut(fragment.before(), "?");
        Texts.Cut user = Texts.cutLast(rest.before(), "@");
        String address = user == null ? rest.before() : user.after();
        String[][] parts = {
            {query.before(), ":@/"},
            {orEmpty(query.after()), ":@/?"},
            {orEmpty(fragment.after()), ":@/?"},
            {user == null ? "" : user.before(), ":"},
        };
        for (String[] part : parts) {
            String problem = part(part[0], part[1], text);
            if (problem != null) {
                return problem;
            }
        }
        Texts.Cut ends = Texts.cutLast(address, ":");
        String host = ends == null || ends.after().indexOf(']') >= 0 ? address : ends.before();
        String port = host.equals(address) || ends == null ? "" : ends.after();
        String problem = host(host, text);
        if (problem != null || port.isEmpty()) {
            return problem;
        }
        BigInteger number = Digits.isDigits(port) ? Digits.number(port) : null;
        boolean fits = number != null && number.bitLength() <= 16;
        return fits ? null : Texts.quoteScalar(port) + " is no port from 0 to 65535";
    }

    private static String part(String part, String more, String text) {
        for (int at = 0; at < part.length(); ) {
            int c = part.codePointAt(at);
            if (c == '%') {
                if (!areHex(part, at + 1)) {
                    return Texts.quoteScalar(text) + " has `%` without two hex digits";
                }
                at += 3;
                continue;
            }
            if (!isLetterOrDigit(c) && "-._~!$&'()*+,;=".indexOf(c) < 0 && more.indexOf(c) < 0) {
                String quoted = Texts.quoteScalar(Character.toString(c)) + " in " + Texts.quoteScalar(text);
                return quoted + " must be written as an escape";
            }
            at += Character.charCount(c);
        }
        return null;
    }

    private static String host(String host, String text) {
        if (host.isEmpty()) {
            return Texts.quoteScalar(text) + " has no host";
        }
        if (host.startsWith("[")) {
            boolean fits = host.endsWith("]") && Nets.isAddress6(host.substring(1, host.length() - 1));
            return fits ? null : Texts.quoteScalar(host) + " is no IPv6 address in brackets";
        }
        for (String c : Texts.letters(host)) {
            if (!c.matches("[a-zA-Z0-9._~%-]")) {
                return Texts.quoteScalar(c) + " in " + Texts.quoteScalar(text) + " can't stand in a host";
            }
        }
        return part(host, "", text);
    }

    static String goProblem(String text) {
        if (text.isEmpty()) {
            return "the URL is empty";
        }
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return Texts.quoteScalar(text) + " has a control character";
        }
        if (text.equals("*")) {
            return null;
        }
        int start = 0;
        while (start < text.length() && (isLetterOrDigit(text.charAt(start)) || "+.-".indexOf(text.charAt(start)) >= 0)) {
            start++;
        }
        boolean scheme = false;
        String rest = text;
        if (start < text.length() && text.charAt(start) == ':') {
            if (start == 0) {
                return Texts.quoteScalar(text) + " has nothing before `:`";
            }
            if (isLetterOrDigit(text.charAt(0)) && !Digits.isDigit(text.charAt(0))) {
                scheme = true;
                rest = text.substring(start + 1);
            }
        }
        rest = Texts.cut(rest, "?").before();
        if (!rest.startsWith("/")) {
            return scheme ? null : Texts.quoteScalar(text) + " has no scheme and does not start with `/`";
        }
        if (scheme && rest.startsWith("//")) {
            Texts.Cut authority = Texts.cutAt(rest.substring(2), first(rest.substring(2), "/"));
            String problem = authority(authority.before());
            return problem != null ? problem : escapes(authority.after(), c -> true);
        }
        return escapes(rest, c -> true);
    }

    private static String authority(String authority) {
        Texts.Cut split = Texts.cutLast(authority, "@");
        String problem = goHost(split == null ? authority : split.after());
        if (problem != null || split == null) {
            return problem;
        }
        if (!split.before().matches("[a-zA-Z0-9._:~!$&'()*+,;=%@-]*")) {
            return Texts.quoteScalar(split.before()) + " can't stand before `@`";
        }
        return escapes(split.before(), c -> true);
    }

    private static String goHost(String host) {
        int bracket = host.lastIndexOf('[');
        if (bracket == 0) {
            return literal(host);
        }
        if (bracket > 0) {
            return Texts.quoteScalar(host) + " has `[` inside";
        }
        int colon = host.lastIndexOf(':');
        String problem = colon < 0 ? null : port(host.substring(colon));
        return problem != null ? problem : hostPart(host);
    }

    /** An IPv6 address in brackets, maybe with a zone, maybe with a port. */
    private static String literal(String host) {
        Texts.Cut split = Texts.cutLast(host, "]");
        if (split == null) {
            return Texts.quoteScalar(host) + " lacks `]`";
        }
        String inner = split.before().startsWith("[") ? split.before().substring(1) : split.before();
        int at = inner.indexOf("%25");
        String address = at < 0 ? inner : inner.substring(0, at);
        String zone = at < 0 ? "" : inner.substring(at);
        String problem = port(split.after());
        problem = problem != null ? problem : hostPart(address);
        problem = problem != null ? problem : zone(zone);
        if (problem != null) {
            return problem;
        }
        boolean fits = !zone.equals("%25") && Nets.isAddress6(address);
        return fits ? null : Texts.quoteScalar(inner) + " is no IPv6 address";
    }

    private static String port(String port) {
        return port.matches("(?::[0-9]*)?") ? null : Texts.quoteScalar(port) + " is no port";
    }

    private static boolean isHostCharacter(int c) {
        return c >= 0x80 || isLetterOrDigit(c) || "!\"$&'()*+,.:;<=>[]_~-".indexOf(c) >= 0;
    }

    private static String hostPart(String host) {
        for (int c : host.codePoints().toArray()) {
            if (!isHostCharacter(c) && c != '%') {
                String quoted = Texts.quoteScalar(Character.toString(c));
                return quoted + " can't stand in a host, as in " + Texts.quoteScalar(host);
            }
        }
        return escapes(host, c -> c >= 0x80 || c == '%');
    }

    private static String zone(String zone) {
        if (!zone.codePoints().allMatch(c -> isHostCharacter(c) || c == '%')) {
            return Texts.quoteScalar(zone) + " is no zone of an address";
        }
        return escapes(zone, c -> c == '%' || c == ' ' || (c < 0x80 && isHostCharacter(c)));
    }

    /** Whether two hex digits follow each %, and whether their byte may be escaped. */
    private static String escapes(String part, IntPredicate allowed) {
        for (int at = part.indexOf('%'); at >= 0; at = part.indexOf('%', at + 1)) {
            if (!areHex(part, at + 1)) {
                return Texts.quoteScalar(part) + " has `%` without two hex digits";
            }
            if (!allowed.test(Integer.parseInt(part.substring(at + 1, at + 3), 16))) {
                return Texts.quoteScalar(part) + " has an escape that can't stand there";
            }
        }
        return null;
    }
}
