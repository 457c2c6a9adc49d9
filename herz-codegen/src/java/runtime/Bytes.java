/** Bytes, kept as the base64 text that they were written in. */
public final class Bytes extends TextValue {
    private Bytes(String text) {
        super(text);
    }

    /**
     * Keeps a text.
     *
     * @param text base64 (RFC 4648 with padding); {@code validate} tells if it is none
     * @return the bytes
     */
    public static Bytes of(String text) {
        return new Bytes(text);
    }

    /**
     * The bytes that the text says.
     *
     * @return the bytes
     * @throws IllegalArgumentException if the text is no base64
     */
    public byte[] decode() {
        String problem = Base64Text.problem(text());
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return java.util.Base64.getMimeDecoder().decode(text());
    }
}
