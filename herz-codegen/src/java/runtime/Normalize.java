/** How a platform rewrites a text before admission sees it. */
public final class Normalize {
    String cutAt;
    String prefix = "";
    String unless = "";
    boolean keepEmpty;

    /** Says nothing yet. */
    public Normalize() {}

    /**
     * Where the text is cut.
     *
     * @param value what it says
     * @return this
     */
    public Normalize cutAt(String value) {
        cutAt = value;
        return this;
    }

    /**
     * What is put before the text.
     *
     * @param value what it says
     * @return this
     */
    public Normalize prefix(String value) {
        prefix = value;
        return this;
    }

    /**
     * The start that makes the prefix unnecessary.
     *
     * @param value what it says
     * @return this
     */
    public Normalize unless(String value) {
        unless = value;
        return this;
    }

    /**
     * Whether the empty text stays.
     *
     * @param value what it says
     * @return this
     */
    public Normalize keepEmpty(boolean value) {
        keepEmpty = value;
        return this;
    }

    String seen(String text) {
        if (cutAt != null) {
            return Texts.cut(text, cutAt).before();
        }
        return text.startsWith(unless) || (text.isEmpty() && keepEmpty) ? text : prefix + text;
    }
}
