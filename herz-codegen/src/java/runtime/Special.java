/** Values that Java has no value for. */
public enum Special {
    /** JSON's null where null would say that there is nothing. */
    NULL,
    /** A default that is made up at creation. */
    GENERATED
}
