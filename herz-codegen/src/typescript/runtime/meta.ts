import type { Json } from "./json.js";
import { type Model, model } from "./model.js";
import { any, map, text } from "./types.js";

/** The metadata of a document: what people write there, and what an API server adds. */
export interface ObjectMeta {
  /** Unique among objects of the kind in the namespace. */
  name?: string;
  /** The beginning of a name that the server completes. */
  generateName?: string;
  /** None for kinds of the whole cluster, or for the current one. */
  namespace?: string;
  /** By which objects are selected. */
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
  /** The server's number for this object. */
  uid?: string;
  /** The server's number for this state of the object. */
  resourceVersion?: string;
  /** Where the object was found. */
  selfLink?: string;
  creationTimestamp?: Json;
  deletionGracePeriodSeconds?: Json;
  deletionTimestamp?: Json;
  finalizers?: Json;
  generation?: Json;
  managedFields?: Json;
  ownerReferences?: Json;
}

export const ObjectMeta: Model<ObjectMeta> = model(() => ({
  name: "ObjectMeta",
  lenientNull: true,
  fields: [
    { wire: "name", type: text },
    { wire: "generateName", type: text },
    { wire: "namespace", type: text },
    { wire: "labels", type: map(text) },
    { wire: "annotations", type: map(text) },
    { wire: "uid", type: text },
    { wire: "resourceVersion", type: text },
    { wire: "selfLink", type: text },
    { wire: "creationTimestamp", type: any, nullable: true },
    { wire: "deletionGracePeriodSeconds", type: any, nullable: true },
    { wire: "deletionTimestamp", type: any, nullable: true },
    { wire: "finalizers", type: any, nullable: true },
    { wire: "generation", type: any, nullable: true },
    { wire: "managedFields", type: any, nullable: true },
    { wire: "ownerReferences", type: any, nullable: true },
  ],
}));
