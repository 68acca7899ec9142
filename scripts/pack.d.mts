export function packed(entry: string, folder?: string): Promise<string | undefined>;
