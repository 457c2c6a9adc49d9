/** The object that rules belong to: its fields as the judge sees them. */
record Owner(Place place, Table table, Object[] slots) {}
