import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A portable regular expression as a machine that reads each character once, in all of its states at a time. Java's own
 * {@link java.util.regex.Pattern} takes a frame of the stack for each round of a group, and long texts overflow it.
 */
final class Automaton {
    private static final int LAST = Character.MAX_CODE_POINT;
    private static final int[] DIGIT = {'0', '9'};
    private static final int[] WORD = {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'};

    private final List<State> states = new ArrayList<>();
    private final int start;

    /** Which state it is; null for the last one. */
    private enum Op {
        /** A character of a set follows. */
        CHARACTER,
        /** Two ways go on from here. */
        SPLIT,
        /** Only at the start of the text. */
        START,
        /** Only at the end of the text. */
        END,
        /** The expression is found. */
        FOUND
    }

    /** A state, and where it goes on. Sets are pairs of first and last characters. */
    private record State(Op op, int[] set, int next, int other) {}

    /** Makes the machine of an expression in which {@link Portable} finds no problem. */
    Automaton(String pattern) {
        start = state(new Parser(pattern).choice(), add(new State(Op.FOUND, null, 0, 0)));
    }

    /** A part of an expression. */
    private sealed interface Node {}

    private record Characters(int[] set) implements Node {}

    private record Edge(Op op) implements Node {}

    private record Sequence(List<Node> parts) implements Node {}

    private record Choice(List<Node> parts) implements Node {}

    /** {@code most} is -1 if there is no end. */
    private record Repeat(Node part, int least, int most) implements Node {}

    private int add(State state) {
        states.add(state);
        return states.size() - 1;
    }

    /** The state from which a part leads to another state. */
    private int state(Node node, int next) {
        if (node instanceof Characters one) {
            return add(new State(Op.CHARACTER, one.set, next, 0));
        }
        if (node instanceof Edge edge) {
            return add(new State(edge.op, null, next, 0));
        }
        if (node instanceof Repeat repeat) {
            return repeated(repeat, next);
        }
        if (node instanceof Sequence sequence) {
            int at = next;
            for (int part = sequence.parts.size() - 1; part >= 0; part--) {
                at = state(sequence.parts.get(part), at);
            }
            return at;
        }
        int at = -1;
        for (Node part : ((Choice) node).parts) {
            int way = state(part, next);
            at = at < 0 ? way : add(new State(Op.SPLIT, null, at, way));
        }
        return at;
    }

    private int repeated(Repeat repeat, int next) {
        int at = next;
        if (repeat.most < 0) {
            int loop = add(new State(Op.SPLIT, null, next, next));
            states.set(loop, new State(Op.SPLIT, null, state(repeat.part, loop), next));
            at = loop;
        }
        for (int more = repeat.least; more < repeat.most; more++) {
            at = add(new State(Op.SPLIT, null, state(repeat.part, at), next));
        }
        for (int needed = 0; needed < repeat.least; needed++) {
            at = state(repeat.part, at);
        }
        return at;
    }

    /** Whether the expression matches somewhere in a text. */
    boolean matches(String text) {
        int[] characters = text.codePoints().toArray();
        Run now = new Run();
        Run then = new Run();
        for (int at = 0; at <= characters.length; at++) {
            if (now.enter(start, at, characters.length)) {
                return true;
            }
            if (at == characters.length) {
                return false;
            }
            then.clear();
            for (int index = 0; index < now.count; index++) {
                State state = states.get(now.open[index]);
                boolean reads = state.op == Op.CHARACTER && holds(state.set, characters[at]);
                if (reads && then.enter(state.next, at + 1, characters.length)) {
                    return true;
                }
            }
            Run free = now;
            now = then;
            then = free;
        }
        return false;
    }

    private static boolean holds(int[] set, int character) {
        for (int at = 0; at < set.length; at += 2) {
            if (character >= set[at] && character <= set[at + 1]) {
                return true;
            }
        }
        return false;
    }

    /** The states in which the machine is. */
    private final class Run {
        private final int[] open = new int[states.size()];
        private final boolean[] seen = new boolean[states.size()];
        private int count;

        private void clear() {
            while (count > 0) {
                seen[open[--count]] = false;
            }
        }

        private void see(int state) {
            if (!seen[state]) {
                seen[state] = true;
                open[count++] = state;
            }
        }

        /** Adds a state and whatever it leads to without a character; true if the expression is found. */
        private boolean enter(int state, int at, int length) {
            int from = count;
            see(state);
            for (; from < count; from++) {
                State one = states.get(open[from]);
                switch (one.op) {
                    case FOUND -> {
                        return true;
                    }
                    case SPLIT -> {
                        see(one.next);
                        see(one.other);
                    }
                    case START -> {
                        if (at == 0) {
                            see(one.next);
                        }
                    }
                    case END -> {
                        if (at == length) {
                            see(one.next);
                        }
                    }
                    case CHARACTER -> {}
                }
            }
            return false;
        }
    }

    private static final class Parser {
        private final int[] letters;
        private int at;

        private Parser(String pattern) {
            letters = pattern.codePoints().toArray();
        }

        private boolean ahead(char wanted) {
            return at < letters.length && letters[at] == wanted;
        }

        private boolean eat(char wanted) {
            boolean there = ahead(wanted);
            at += there ? 1 : 0;
            return there;
        }

        private Node choice() {
            List<Node> parts = new ArrayList<>();
            do {
                parts.add(sequence());
            } while (eat('|'));
            return new Choice(parts);
        }

        private Node sequence() {
            List<Node> parts = new ArrayList<>();
            while (at < letters.length && !ahead('|') && !ahead(')')) {
                parts.add(repeated(atom()));
            }
            return new Sequence(parts);
        }

        private Node repeated(Node part) {
            Node repeated = part;
            if (eat('*')) {
                repeated = new Repeat(part, 0, -1);
            } else if (eat('+')) {
                repeated = new Repeat(part, 1, -1);
            } else if (eat('?')) {
                repeated = new Repeat(part, 0, 1);
            } else if (eat('{')) {
                int least = number();
                int most = eat(',') ? ahead('}') ? -1 : number() : least;
                eat('}');
                repeated = new Repeat(part, least, most);
            } else {
                return part;
            }
            // Which of several ways is tried first does not matter.
            eat('?');
            return repeated;
        }

        private int number() {
            int number = 0;
            while (at < letters.length && Digits.isDigit(letters[at])) {
                number = number * 10 + letters[at++] - '0';
            }
            return number;
        }

        private Node atom() {
            int letter = letters[at++];
            return switch (letter) {
                case '(' -> {
                    if (eat('?')) {
                        eat(':');
                    }
                    Node inner = choice();
                    eat(')');
                    yield inner;
                }
                case '^' -> new Edge(Op.START);
                case '$' -> new Edge(Op.END);
                case '.' -> new Characters(others(new int[] {'\n', '\n'}));
                case '[' -> new Characters(set());
                case '\\' -> new Characters(escape());
                default -> new Characters(new int[] {letter, letter});
            };
        }

        /** The characters that an escape means. */
        private int[] escape() {
            int letter = letters[at++];
            int control = "tnrf".indexOf(letter);
            int meant = control >= 0 ? "\t\n\r\f".charAt(control) : letter;
            if (letter == 'x') {
                meant = Integer.parseInt(new String(letters, at, 2), 16);
                at += 2;
            }
            return switch (letter) {
                case 'd' -> DIGIT;
                case 'D' -> others(DIGIT);
                case 'w' -> WORD;
                case 'W' -> others(WORD);
                default -> new int[] {meant, meant};
            };
        }

        private int[] set() {
            boolean inverted = eat('^');
            List<int[]> parts = new ArrayList<>();
            while (!eat(']')) {
                int[] part = member();
                // A hyphen at the end stands for itself.
                boolean range = ahead('-') && letters[at + 1] != ']' && part.length == 2;
                if (range) {
                    at++;
                    part = new int[] {part[0], member()[1]};
                }
                parts.add(part);
            }
            int[] set = parts.stream().flatMapToInt(Arrays::stream).toArray();
            return inverted ? others(set) : set;
        }

        private int[] member() {
            int letter = letters[at++];
            return letter == '\\' ? escape() : new int[] {letter, letter};
        }

        /** All characters but those of a set. */
        private static int[] others(int[] set) {
            List<int[]> sorted = new ArrayList<>();
            for (int at = 0; at < set.length; at += 2) {
                sorted.add(new int[] {set[at], set[at + 1]});
            }
            sorted.sort((a, b) -> Integer.compare(a[0], b[0]));
            List<int[]> gaps = new ArrayList<>();
            int from = 0;
            for (int[] one : sorted) {
                if (one[0] > from) {
                    gaps.add(new int[] {from, one[0] - 1});
                }
                from = Math.max(from, one[1] + 1);
            }
            if (from <= LAST) {
                gaps.add(new int[] {from, LAST});
            }
            return gaps.stream().flatMapToInt(Arrays::stream).toArray();
        }
    }
}
