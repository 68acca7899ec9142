import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Problem as Finding } from "@/core/journey/problem";
import { Problem } from "../embedded/problem";
import type { Moves, Standing } from "./moves";

const Demo = z.object({ apiKey: z.string(), urls: z.object({ api: z.string() }).optional() });
type Findings = { problems: Finding[]; isPublishable: boolean };
type Journey = { id: string; name: string; revision: number; version: number | null };

/** The management API's journeys, as a program calls them: by HTTP, with an API key. */
export class JourneyClient {
  private constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** The key given, else the demo's; its address comes along. */
  static of({
    home,
    url,
    key,
    defaultUrl,
  }: {
    home: string;
    url?: string | undefined;
    key?: string | undefined;
    defaultUrl: string;
  }): JourneyClient {
    const file = join(home, "demo.json");
    const demo =
      key === undefined && existsSync(file) ? Demo.safeParse(JSON.parse(readFileSync(file, "utf8"))).data : undefined;
    const known = key ?? demo?.apiKey;
    if (known === undefined)
      throw new Problem(`No API key: give --key or REGULARS_API_KEY, or start the demo, which writes ${file}.`);
    return new JourneyClient(url ?? demo?.urls?.api ?? defaultUrl, known);
  }

  check(document: unknown): Promise<Findings> {
    return this.ask("POST", "/journeys/check", { document });
  }
  create(document: unknown): Promise<Journey> {
    return this.ask("POST", "/journeys", { document });
  }
  problems(journey: string): Promise<Findings> {
    return this.ask("GET", `/journeys/${encodeURIComponent(journey)}/problems`);
  }
  document(journey: string): Promise<unknown> {
    return this.ask("GET", `/journeys/${encodeURIComponent(journey)}/document`);
  }
  /** Who stands where, and where they would go. */
  preview(journey: string): Promise<{ nodes: Standing[] }> {
    return this.ask("GET", `/journeys/${encodeURIComponent(journey)}/publish-preview`);
  }
  journey(journey: string): Promise<Journey> {
    return this.ask("GET", `/journeys/${encodeURIComponent(journey)}`);
  }
  /** The draft as it was at `revision`; refused when another is stored by now. */
  publish(journey: string, revision: number, moves: Moves = {}): Promise<Journey> {
    return this.ask("POST", `/journeys/${encodeURIComponent(journey)}/publish`, { moves, revision });
  }

  /** Over whatever the draft is now; who edits it at the same moment wins, and this says so. */
  async replace(journey: string, document: unknown): Promise<Journey> {
    const { revision } = await this.journey(journey);
    return this.ask("PUT", `/journeys/${encodeURIComponent(journey)}`, { document, revision });
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url.replace(/\/+$/, "")}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    }).catch((error: unknown) => {
      throw new Problem(
        `The API at ${this.url} does not answer (${error instanceof Error ? error.message : String(error)}). Is it running? Another address: --url.`,
      );
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer as T;
    throw new Problem(`${method} ${path}: ${response.status} ${complaint(answer)}`);
  }
}

/** RFC 9457: what is wrong, where. */
function complaint(answer: unknown): string {
  const problem = z
    .object({ code: z.string(), detail: z.string().optional(), path: z.string().optional() })
    .safeParse(answer);
  if (!problem.success) return "";
  const { code, detail, path } = problem.data;
  return [code, detail, path ? `at ${path}` : undefined].filter((part) => part !== undefined).join(" · ");
}
