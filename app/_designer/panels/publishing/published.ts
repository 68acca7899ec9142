/** The notice that a version is out, by which it is taken away again. */
export const PUBLISHED = "published";
