export function unusable(error: unknown): string | undefined;
