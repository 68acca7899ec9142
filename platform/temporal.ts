import { config } from "./config";

/** What Temporal's own UI lists and filters conductors by. The dev server is started with these. */
export const searchAttributes = {
  RegularsState: "Keyword",
  RegularsVersion: "Int",
  RegularsJourney: "Keyword",
  RegularsWorkspace: "Keyword",
} as const;

/** What both SDK connections (`Connection`, `NativeConnection`) are opened with. */
export function connectionOptions(): { address: string; tls?: true; apiKey?: string } {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey } = config();
  return apiKey ? { address, apiKey, tls: true } : { address };
}
