const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text for HTML, as content or within an attribute's quotes. */
export const escaped = (value: unknown): string =>
  String(value ?? "").replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
