/**
 * What holds for everything below a place.
 *
 * @param advice what admission finds is advice here
 * @param sensitive values must not be shown
 */
record Flags(boolean advice, boolean sensitive) {
    Level level(Level level, Layer layer) {
        return advice && layer == Layer.ADMISSION ? Level.WARNING : level;
    }

    String shown(Object view) {
        return sensitive ? null : Views.shown(view);
    }
}
