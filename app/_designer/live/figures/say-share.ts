/** A share as a whole percentage, with one place after the point below ten. */
export const sayShare = (share: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 }).format(
    share,
  );
