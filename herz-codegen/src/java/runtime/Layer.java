/** Which part of a platform enforces something. */
public enum Layer {
    /** Whatever reads the document. */
    STRUCTURE,
    /** What looks only at what will run. */
    ADMISSION
}
