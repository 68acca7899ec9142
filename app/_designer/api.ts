import { JourneyDocument, type JourneyNode } from "@/core/journey/document";
import type { Problem } from "@/core/journey/problem";
import type { Context } from "@/core/journey/problems";
import type { ApprovalView } from "@/services/journeys/approval/read";
import type { JourneyDetail } from "@/services/journeys/get";
import type { JourneyView as View } from "@/services/journeys/journey-view";
import type { PublishPreview } from "@/services/journeys/publishing/publish-preview";
import type { VersionList } from "@/services/journeys/publishing/versions";
import { type Api, ApiError } from "../_ui/api";
import type { Wire } from "../_ui/live/wire";
import type { Counts } from "./live/figures/counts";
import type { Answer, Saved } from "./store/saving/sync";

/** A journey as the management API shows it. */
export type JourneyView = Wire<View>;

export type Preview = Wire<PublishPreview>;
export type Version = Wire<VersionList>["items"][number];
export type Approval = Wire<ApprovalView>;
/** Over which time traffic is counted; what stands somewhere stands there now. */
export type Window = "hour" | "day" | "all";
export type Moves = Record<string, Preview["nodes"][number]["suggested"]>;
export type Published = { ok: true; version: number; state: string } | { ok: false; error: unknown };

/** What stands beside a journey, as far as its problems hang on it. */
export type Around = Required<Pick<Context, "neighbours" | "sensitive">>;

/** What the designer asks of the server; tests hand in their own. */
export type JourneyApi = {
  save(document: JourneyDocument, revision: number): Promise<Answer>;
  /** What is live beside it, as far as one journey starts another, and what no promotion may use. */
  neighbours(stop?: AbortSignal): Promise<Around>;
  /** What is wrong with the templates of some steps. */
  templates(nodes: Pick<JourneyNode, "id" | "kind" | "config">[]): Promise<Problem[]>;
  /** What publishing would do to members on their way. */
  preview(): Promise<Preview>;
  publish(revision: number, moves: Moves, note: string): Promise<Published>;
  approval(stop?: AbortSignal): Promise<Approval>;
  /** Asks for a second person. */
  ask(revision: number, moves: Moves, note: string): Promise<void>;
  decide(request: string, decision: "approved" | "rejected", words: string): Promise<{ version: number | null }>;
  withdraw(request: string): Promise<void>;
  counts(window: Window, stop?: AbortSignal): Promise<Counts>;
  /** What was published, newest first. */
  versions(stop?: AbortSignal): Promise<Version[]>;
  version(version: number, stop?: AbortSignal): Promise<JourneyDocument>;
  comment(version: number, text: string): Promise<void>;
  /** The draft as it is on the server. */
  read(): Promise<{
    revision: number;
    document: JourneyDocument;
    state: string;
    hasChanges: boolean;
    saved: Saved | null;
  }>;
  presence(stop?: AbortSignal): Promise<Presence>;
  bePresent(visit: string, selected: string[], isLeaving?: boolean): Promise<Presence>;
};

/** The windows in which a journey is open, the stored draft's revision, what runs, and the request to publish that is open. */
export type Presence = {
  people: { visit: string; person: string; name: string; selected: string[] }[];
  revision: number;
  state: string;
  version: number | null;
  request: string | null;
};

/** The management API of one journey. */
export function journeyApi(api: Api, id: string): JourneyApi {
  return {
    async save(document, revision) {
      try {
        const saved = await api.put<JourneyView>(`/journeys/${id}`, { document, revision });
        return { is: "saved", revision: saved.revision, hasChanges: saved.hasChanges };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (
          error.code === "offline" ||
          error.code === "broken" ||
          error.code === "busy" ||
          error.code === "too_many_requests"
        )
          return { is: "offline" };
        const detail = error.detail ?? error.code;
        if (error.code === "not_signed_in") return { is: "refused", why: "signed_out", detail };
        if (error.code === "somebody_else") return { is: "refused", why: "somebody_else", detail };
        if (error.code !== "revision_changed" && error.code !== "conflict")
          return { is: "refused", why: "other", detail };
        const theirs = await api.get<Wire<JourneyDetail>>(`/journeys/${id}`);
        if (theirs.state === "archived") return { is: "refused", why: "archived", detail };
        if (error.code === "conflict") return { is: "refused", why: "other", detail };
        return {
          is: "conflict",
          revision: theirs.revision,
          document: JourneyDocument.parse(theirs.document),
          saved: theirs.saved,
        };
      }
    },
    neighbours: (stop) => api.get<Around>(`/journeys/${id}/neighbours`, undefined, stop),
    templates: async (nodes) =>
      (await api.post<{ problems: Problem[] }>("/journeys/check-templates", { nodes })).problems,
    preview: () => api.get<Preview>(`/journeys/${id}/publish-preview`),
    async publish(revision, moves, note) {
      try {
        const { version, state } = await api.post<JourneyView>(`/journeys/${id}/publish`, {
          revision,
          moves,
          ...(note && { note }),
        });
        return { ok: true, version: version ?? 1, state };
      } catch (error) {
        return { ok: false, error };
      }
    },
    async read() {
      const { document, ...read } = await api.get<Wire<JourneyDetail>>(`/journeys/${id}`);
      return { ...read, document: JourneyDocument.parse(document) };
    },
    presence: (stop) => api.get<Presence>(`/journeys/${id}/presence`, undefined, stop),
    bePresent: (visit, selected, isLeaving = false) =>
      api.post<Presence>(`/journeys/${id}/presence`, { visit, selected, isLeaving }),
    approval: (stop) => api.get<Approval>(`/journeys/${id}/approval`, undefined, stop),
    async ask(revision, moves, note) {
      await api.post(`/journeys/${id}/publish-requests`, { revision, moves, note });
    },
    decide: (request, decision, words) =>
      api.post(`/publish-requests/${request}/decide`, { decision, ...(words && { words }) }),
    async withdraw(request) {
      await api.post(`/publish-requests/${request}/withdraw`);
    },
    counts: (window, stop) => api.get<Counts>(`/journeys/${id}/counts`, { window }, stop),
    versions: async (stop) => (await api.get<{ items: Version[] }>(`/journeys/${id}/versions`, undefined, stop)).items,
    async version(version, stop) {
      const { document } = await api.get<{ document: unknown }>(`/journeys/${id}/versions/${version}`, undefined, stop);
      return JourneyDocument.parse(document);
    },
    async comment(version, text) {
      await api.post(`/journeys/${id}/versions/${version}/comments`, { text });
    },
  };
}
