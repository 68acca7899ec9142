/** What of the segment list lives in the address; `new` opens the form. */
export const SEGMENT_FILTERS = ["q", "sort", "order", "view", "new"] as const;
