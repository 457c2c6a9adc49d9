import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The way to a value, written down only if something is wrong. The place of the root is null. */
record Place(Place parent, Object step) {
    static Place at(Place parent, Object step) {
        return new Place(parent, step);
    }

    static List<Object> path(Place place) {
        List<Object> path = new ArrayList<>();
        for (Place one = place; one != null; one = one.parent) {
            path.add(one.step);
        }
        Collections.reverse(path);
        return List.copyOf(path);
    }
}
