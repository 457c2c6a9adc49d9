/** Base64 (RFC 4648 with padding; line breaks may stand anywhere). */
final class Base64Text {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Base64Text() {}

    /** What is wrong with a text; null if nothing is. */
    static String problem(String text) {
        int letters = 0;
        int padding = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '\r' || letter == '\n') {
                continue;
            }
            if (letter == '=') {
                if (letters + padding >= 4 || letters < 2) {
                    return "base64 has padding that does not fit";
                }
                padding++;
                continue;
            }
            if (letter == '-' || letter == '_') {
                return "the URL form of base64 is used, not the standard one";
            }
            if (ALPHABET.indexOf(letter) < 0) {
                return "a character stands here that base64 does not have";
            }
            if (padding > 0) {
                return "base64 goes on after its padding";
            }
            letters = letters == 4 ? 1 : letters + 1;
        }
        if (letters != 0 && letters + padding != 4) {
            return "base64 ends too early: its length must be a multiple of 4";
        }
        return null;
    }
}
