/** A whole document of some kind. */
public abstract class Document extends Model {
    private final String apiVersion;
    private final String kind;

    /**
     * An empty document.
     *
     * @param table what the schema says of the kind
     * @param apiVersion group and version
     * @param kind the name of the kind
     */
    protected Document(Table table, String apiVersion, String kind) {
        super(table);
        this.apiVersion = apiVersion;
        this.kind = kind;
        put(0, apiVersion);
        put(1, kind);
    }

    /**
     * Group and version of the kind.
     *
     * @return such as {@code example.com/v1}
     */
    public final String apiVersion() {
        return apiVersion;
    }

    /**
     * The name of the kind.
     *
     * @return such as {@code Pod}
     */
    public final String kind() {
        return kind;
    }

    /**
     * Name, namespace, labels and the like.
     *
     * @return null if the document has none
     */
    public final ObjectMeta getMetadata() {
        return value(2);
    }
}
