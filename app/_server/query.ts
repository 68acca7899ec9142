/** The search parameters of a page, as Next gives them. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The named parameters as single texts; what is absent or empty is left out. */
export async function queryOf<const K extends string>(
  params: SearchParams,
  keys: readonly K[],
): Promise<Partial<Record<K, string>>> {
  const all = await params;
  const found: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = all[key];
    const one = Array.isArray(value) ? value[0] : value;
    if (one) found[key] = one;
  }
  return found;
}
