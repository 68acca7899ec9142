/** What exists around a draft. What is left out is not checked. */
export type Context = {
  journeys?: { id: string; name: string; state: string }[];
  offers?: { id: string; name: string; state: string }[];
  segments?: { id: string }[];
};
