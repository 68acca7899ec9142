let known = false;

/** Set once at worker start: whether the Temporal server knows our search attributes. Without them workflows go unlabelled, and work. */
export const setLabelled = (isKnown: boolean): void => {
  known = isKnown;
};
export const isLabelled = (): boolean => known;
