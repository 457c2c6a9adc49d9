import java.util.regex.Pattern;

/** Addresses and names of machines. */
final class Nets {
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private Nets() {}

    private static boolean isAddress4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (!BYTE.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    static boolean isAddress6(String text) {
        String[] halves = text.split("::", -1);
        if (halves.length > 2) {
            return false;
        }
        int groups = 0;
        for (int at = 0; at < halves.length; at++) {
            if (halves[at].isEmpty()) {
                if (halves.length == 1) {
                    return false;
                }
                continue;
            }
            String[] parts = halves[at].split(":", -1);
            for (int index = 0; index < parts.length; index++) {
                boolean last = at == halves.length - 1 && index == parts.length - 1;
                if (last && parts[index].indexOf('.') >= 0) {
                    if (!isAddress4(parts[index])) {
                        return false;
                    }
                    groups += 2;
                } else if (GROUP.matcher(parts[index]).matches()) {
                    groups++;
                } else {
                    return false;
                }
            }
        }
        return halves.length == 2 ? groups < 8 : groups == 8;
    }

    static String address(String text) {
        if (text.indexOf(':') >= 0) {
            if (isAddress6(text)) {
                return null;
            }
            return Texts.quoteScalar(text) + (text.indexOf('%') >= 0 ? " has a zone" : " is no IPv6 address");
        }
        return isAddress4(text) ? null : Texts.quoteScalar(text) + " is no IP address";
    }

    static String cidr(String text) {
        Texts.Cut split = Texts.cutLast(text, "/");
        if (split == null) {
            return Texts.quoteScalar(text) + " has no prefix length";
        }
        String problem = address(split.before());
        if (problem != null) {
            return problem;
        }
        int most = split.before().indexOf(':') >= 0 ? 128 : 32;
        String length = split.after();
        boolean plain = Digits.isDigits(length) && (length.equals("0") || !length.startsWith("0"));
        if (plain && length.length() <= 3 && Integer.parseInt(length) <= most) {
            return null;
        }
        String quoted = Texts.quoteScalar(length) + " in " + Texts.quoteScalar(text);
        return quoted + " is no prefix length from 0 to " + most;
    }

    static String name(String text, int longest, boolean capitals) {
        String quoted = Texts.quoteScalar(text);
        if (text.isEmpty()) {
            return "the name is empty";
        }
        if (Texts.bytes(text) > 253) {
            return quoted + " has more than 253 characters";
        }
        for (String c : Texts.letters(text)) {
            if (!c.matches(capitals ? "[0-9a-zA-Z.-]" : "[0-9a-z.-]")) {
                return Texts.quoteScalar(c) + " in " + quoted + " is not allowed";
            }
        }
        for (String label : text.split("\\.", -1)) {
            if (label.isEmpty()) {
                return quoted + " has an empty part";
            }
            if (label.startsWith("-") || label.endsWith("-")) {
                return quoted + " has a part that starts or ends with `-`";
            }
            if (label.length() > longest) {
                return quoted + " has a part of more than 63 characters";
            }
        }
        return null;
    }
}
