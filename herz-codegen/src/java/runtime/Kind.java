import java.util.List;
import java.util.function.Supplier;

/**
 * A kind of document.
 *
 * @param apiVersion group and version
 * @param kind the name of the kind
 * @param make makes an empty document
 */
public record Kind(String apiVersion, String kind, Supplier<? extends Document> make) {
    /**
     * Reads a document of one of these kinds.
     *
     * @param kinds the kinds, by version and name
     * @param value a value as {@link Json#parse} gives it
     * @return the document, or what does not fit
     */
    public static Reading<Document> read(List<Kind> kinds, Object value) {
        return Reader.document(kinds, value);
    }
}
