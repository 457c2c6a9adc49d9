import java.util.Map;

/** The metadata of a document: what people write there, and what an API server adds. */
public final class ObjectMeta extends Model {
    private static final Table TABLE = new Table("ObjectMeta")
            .lenientNull()
            .field(Type.TEXT, new Field().wire("name"))
            .field(Type.TEXT, new Field().wire("generateName"))
            .field(Type.TEXT, new Field().wire("namespace"))
            .field(Type.map(Type.TEXT), new Field().wire("labels"))
            .field(Type.map(Type.TEXT), new Field().wire("annotations"))
            .field(Type.TEXT, new Field().wire("uid"))
            .field(Type.TEXT, new Field().wire("resourceVersion"))
            .field(Type.TEXT, new Field().wire("selfLink"))
            .field(Type.ANY, new Field().wire("creationTimestamp").nullable(true))
            .field(Type.ANY, new Field().wire("deletionGracePeriodSeconds").nullable(true))
            .field(Type.ANY, new Field().wire("deletionTimestamp").nullable(true))
            .field(Type.ANY, new Field().wire("finalizers").nullable(true))
            .field(Type.ANY, new Field().wire("generation").nullable(true))
            .field(Type.ANY, new Field().wire("managedFields").nullable(true))
            .field(Type.ANY, new Field().wire("ownerReferences").nullable(true));

    /** Says nothing yet. */
    public ObjectMeta() {
        super(TABLE);
    }

    @Override
    protected Model fresh() {
        return new ObjectMeta();
    }

    /**
     * The metadata of a document with a name.
     *
     * @param name the name
     * @return the metadata
     */
    public static ObjectMeta of(String name) {
        return new ObjectMeta().setName(name);
    }

    /**
     * Unique among objects of the kind in the namespace.
     *
     * @return null if the document does not say it
     */
    public String getName() {
        return value(0);
    }

    /**
     * Unique among objects of the kind in the namespace.
     *
     * @param value what the document says; null for nothing
     * @return this
     */
    public ObjectMeta setName(String value) {
        put(0, value);
        return this;
    }

    /**
     * The beginning of a name that the server completes.
     *
     * @return null if the document does not say it
     */
    public String getGenerateName() {
        return value(1);
    }

    /**
     * The beginning of a name that the server completes.
     *
     * @param value what the document says; null for nothing
     * @return this
     */
    public ObjectMeta setGenerateName(String value) {
        put(1, value);
        return this;
    }

    /**
     * None for kinds of the whole cluster, or for the current one.
     *
     * @return null if the document does not say it
     */
    public String getNamespace() {
        return value(2);
    }

    /**
     * None for kinds of the whole cluster, or for the current one.
     *
     * @param value what the document says; null for nothing
     * @return this
     */
    public ObjectMeta setNamespace(String value) {
        put(2, value);
        return this;
    }

    /**
     * By which objects are selected.
     *
     * @return null if the document does not say it
     */
    public Map<String, String> getLabels() {
        return value(3);
    }

    /**
     * By which objects are selected.
     *
     * @param value what the document says; null for nothing
     * @return this
     */
    public ObjectMeta setLabels(Map<String, String> value) {
        put(3, value);
        return this;
    }

    /**
     * Remarks of tools and people.
     *
     * @return null if the document does not say it
     */
    public Map<String, String> getAnnotations() {
        return value(4);
    }

    /**
     * Remarks of tools and people.
     *
     * @param value what the document says; null for nothing
     * @return this
     */
    public ObjectMeta setAnnotations(Map<String, String> value) {
        put(4, value);
        return this;
    }

    /**
     * The server's number for this object.
     *
     * @return null if the document does not say it
     */
    public String getUid() {
        return value(5);
    }

    /**
     * The server's number for this object.
     *
     * @param value what the document says; null for nothing
     * @return this
     */
    public ObjectMeta setUid(String value) {
        put(5, value);
        return this;
    }

    /**
     * The server's number for this state of the object.
     *
     * @return null if the document does not say it
     */
    public String getResourceVersion() {
        return value(6);
    }

    /**
     * The server's number for this state of the object.
     *
     * @param value what the document says; null for nothing
     * @return this
     */
    public ObjectMeta setResourceVersion(String value) {
        put(6, value);
        return this;
    }

    /**
     * Where the object was found.
     *
     * @return null if the document does not say it
     */
    public String getSelfLink() {
        return value(7);
    }

    /**
     * Where the object was found.
     *
     * @param value what the document says; null for nothing
     * @return this
     */
    public ObjectMeta setSelfLink(String value) {
        put(7, value);
        return this;
    }

    /**
     * What the server says of {@code creationTimestamp}.
     *
     * @return the value, null or nothing
     */
    public Opt<Object> getCreationTimestamp() {
        return opt(8);
    }

    /**
     * What the server says of {@code creationTimestamp}.
     *
     * @param value what the document says
     * @return this
     */
    public ObjectMeta setCreationTimestamp(Opt<Object> value) {
        putOpt(8, value);
        return this;
    }

    /**
     * What the server says of {@code deletionGracePeriodSeconds}.
     *
     * @return the value, null or nothing
     */
    public Opt<Object> getDeletionGracePeriodSeconds() {
        return opt(9);
    }

    /**
     * What the server says of {@code deletionGracePeriodSeconds}.
     *
     * @param value what the document says
     * @return this
     */
    public ObjectMeta setDeletionGracePeriodSeconds(Opt<Object> value) {
        putOpt(9, value);
        return this;
    }

    /**
     * What the server says of {@code deletionTimestamp}.
     *
     * @return the value, null or nothing
     */
    public Opt<Object> getDeletionTimestamp() {
        return opt(10);
    }

    /**
     * What the server says of {@code deletionTimestamp}.
     *
     * @param value what the document says
     * @return this
     */
    public ObjectMeta setDeletionTimestamp(Opt<Object> value) {
        putOpt(10, value);
        return this;
    }

    /**
     * What the server says of {@code finalizers}.
     *
     * @return the value, null or nothing
     */
    public Opt<Object> getFinalizers() {
        return opt(11);
    }

    /**
     * What the server says of {@code finalizers}.
     *
     * @param value what the document says
     * @return this
     */
    public ObjectMeta setFinalizers(Opt<Object> value) {
        putOpt(11, value);
        return this;
    }

    /**
     * What the server says of {@code generation}.
     *
     * @return the value, null or nothing
     */
    public Opt<Object> getGeneration() {
        return opt(12);
    }

    /**
     * What the server says of {@code generation}.
     *
     * @param value what the document says
     * @return this
     */
    public ObjectMeta setGeneration(Opt<Object> value) {
        putOpt(12, value);
        return this;
    }

    /**
     * What the server says of {@code managedFields}.
     *
     * @return the value, null or nothing
     */
    public Opt<Object> getManagedFields() {
        return opt(13);
    }

    /**
     * What the server says of {@code managedFields}.
     *
     * @param value what the document says
     * @return this
     */
    public ObjectMeta setManagedFields(Opt<Object> value) {
        putOpt(13, value);
        return this;
    }

    /**
     * What the server says of {@code ownerReferences}.
     *
     * @return the value, null or nothing
     */
    public Opt<Object> getOwnerReferences() {
        return opt(14);
    }

    /**
     * What the server says of {@code ownerReferences}.
     *
     * @param value what the document says
     * @return this
     */
    public ObjectMeta setOwnerReferences(Opt<Object> value) {
        putOpt(14, value);
        return this;
    }
}
