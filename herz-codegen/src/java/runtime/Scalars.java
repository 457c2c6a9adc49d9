/** Which reader reads a text of which dialect. */
final class Scalars {
    private Scalars() {}

    static Parsed parse(Dialect dialect, String text) {
        return read(dialect, text).within(dialect);
    }

    private static Parsed read(Dialect dialect, String text) {
        return switch (dialect.label()) {
            case "duration" -> Moments.duration(text);
            case "duration(go)" -> Moments.goDuration(text);
            case "percent" -> Amounts.percent(text);
            case "percent(go)" -> Amounts.percentGo(text);
            case "percent(chaosd)" -> Amounts.percentChaosd(text, false);
            case "percent(chaosd-correlation)" -> Amounts.percentChaosd(text, true);
            case "byteSize" -> Sizes.bytes(text);
            case "byteSize(docker)" -> Amounts.dockerSize(text);
            case "byteSize(chaosd)" -> Sizes.chaosd(text);
            case "rate" -> Sizes.rate(text);
            case "rate(tc)" -> Sizes.tcRate(text);
            case "ip" -> Parsed.checked(Nets.address(text));
            case "cidr" -> Parsed.checked(Nets.cidr(text));
            case "hostname" -> Parsed.checked(Nets.name(text, 63, true));
            case "hostname(dns1123)" -> Parsed.checked(Nets.name(text, 253, false));
            case "cron" -> Parsed.checked(Schedules.problem(text));
            case "timestamp" -> Moments.timestamp(text);
            case "quantity" -> Amounts.quantity(text);
            case "regex" -> {
                String problem = Portable.problem(text);
                yield Parsed.checked(problem == null ? null : Texts.quoteScalar(text) + " has an error: " + problem);
            }
            case "url" -> Parsed.checked(Urls.problem(text));
            case "url(go)" -> Parsed.checked(Urls.goProblem(text));
            case "integer(go)" -> Digits.integer(text);
            case "statusCode" -> Digits.statusCode(text);
            default -> throw new IllegalStateException("no reader of " + dialect.label());
        };
    }
}
