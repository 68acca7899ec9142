import { z } from "zod";
import { eventName, spoken } from "@/core/events/event-name";
import { type JourneyId, type MemberId, nodeOf, type StepId, type WorkspaceId } from "@/core/ids";
import { compile } from "@/core/journey/compile";
import { JourneyDocument } from "@/core/journey/document";
import { problems } from "@/core/journey/problems";
import type { LoadedMember } from "@/core/members/loaded-member";
import { effectsOf } from "@/core/plan/ahead";
import type { Plan } from "@/core/plan/plan";
import type { Happening, Scene } from "@/core/simulate/scene";
import { simulate } from "@/core/simulate/simulate";
import type { Passage, SimulatedRun } from "@/core/simulate/simulation";
import { isZone, offsetAt } from "@/core/time/local-time";
import type { Drawing } from "@/services/runs/drawn";
import { inStepWords } from "@/services/runs/step-words";
import type { Finding } from "@/services/runs/why";
import { Problem } from "../embedded/problem";
import { report } from "./report";

const Instant = z.iso.datetime({ offset: true, error: "an instant like 2026-03-02T09:00:00+08:00" });
const Properties = z.record(z.string(), z.unknown());
/** What happens to the member, in any order. `about`: the node whose task, call, message or coupon it answers. */
const Told = z.array(
  z.strictObject({
    at: Instant,
    event: z.string().min(1).max(120),
    properties: Properties.optional(),
    traits: Properties.optional(),
    about: z.string().optional(),
    answer: Properties.optional(),
  }),
);
/** Who it is, as far as it matters. */
const Person = z.strictObject({
  id: z.string().default("somebody"),
  tier: z.string().default("basic"),
  birthday: z.iso.date().nullable().default(null),
  timeZone: z.string().refine(isZone, "a time zone like Asia/Shanghai").nullable().default(null),
  joinedAt: Instant.optional(),
  points: z.int().default(0),
  tags: z.array(z.string()).default([]),
  attributes: Properties.default({}),
});

const DAY_MS = 86_400_000;
const A_YEAR = 366 * DAY_MS;

export type Told = { document: unknown; events: unknown; member?: unknown; until?: string; zone?: string };

/**
 * One member through a journey's document, without a server: a line for each step, by the workspace's clocks. Every offer has stock and is
 * valid for 30 days. Throws a Problem for what cannot be read, or could not be published.
 */
export function simulated({ document, events, member = {}, until, zone = "Asia/Shanghai" }: Told): string[] {
  const drawing = read(JourneyDocument, document, "the journey");
  const wrong = problems(drawing).filter(({ severity }) => severity === "error");
  if (wrong.length > 0) throw new Problem(report(drawing.name, wrong));
  if (!isZone(zone)) throw new Problem(`"${zone}" is no time zone: one like Asia/Shanghai`);
  const happenings = read(Told, events, "the events").map(
    ({ at, event, ...rest }): Happening => ({ at: Date.parse(at), name: event, ...given(rest) }),
  );
  const starts = Math.min(...happenings.map(({ at }) => at));
  if (!Number.isFinite(starts)) throw new Problem("the events are an empty list: at least one says when it begins");
  const ends = until === undefined ? starts + A_YEAR : Date.parse(read(Instant, until, "--until"));
  const plan = compile(drawing, { workspace: "here" as WorkspaceId, journey: "this" as JourneyId, version: 1 });
  const who = personOf(read(Person, member, "the member"), starts);
  const scene: Scene = {
    workspace: "here" as WorkspaceId,
    plan,
    member: who,
    zone,
    starts,
    ends,
    events: happenings,
    offers: offersOf(plan),
  };
  const { runs, away } = simulate(scene);
  if (runs.length === 0 && away.length === 0) return ["The member does not enter."];
  return [
    ...runs.flatMap((run) => linesOf(run, { body: plan, document: drawing, zone })),
    ...away.map(
      ({ at, event, reason }) =>
        `${local(at, zone)}  turned away: ${reason.replaceAll("_", " ")} (${eventName(event.name).en})`,
    ),
  ];
}

function read<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem(`${what} cannot be read:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Without what is undefined. */
const given = <T extends object>(all: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

function personOf({ id, joinedAt, ...person }: z.infer<typeof Person>, starts: number): LoadedMember {
  return {
    id: id as MemberId,
    isAnonymous: false,
    name: null,
    phone: null,
    email: null,
    locale: null,
    gender: null,
    joinedAt: joinedAt === undefined ? starts : Date.parse(joinedAt),
    joinedStore: null,
    orders: 0,
    spent: 0,
    firstOrderAt: null,
    lastOrderAt: null,
    visits: 0,
    lastVisitAt: null,
    lastSeenAt: null,
    attributeTimes: {},
    coupons: [],
    days: [],
    ...person,
  };
}

const offersOf = (plan: Plan): NonNullable<Scene["offers"]> =>
  Object.fromEntries(
    effectsOf(plan).flatMap((effect) =>
      effect.type === "issueCoupon"
        ? [
            [
              effect.offer,
              { name: effect.offer, validity: { is: "days" as const, days: 30 }, left: null, perMember: null },
            ],
          ]
        : [],
    ),
  );

function linesOf(run: SimulatedRun, { body, document, zone }: Drawing & { zone: string }): string[] {
  const names = { zone, coupons: true, entry: run.entry.name, event: run.entry.name };
  const told = ({ step, port, why }: Pick<Passage, "step" | "port" | "why">) =>
    inStepWords({ step, port, why }, [{ body, document }], names);
  const called = (step: StepId) => {
    const { title, does } = told({ step, port: "" });
    return `${title.en} (${nodeOf(step)})${does ? `: ${does.en}` : ""}`;
  };
  const now =
    run.state === "parked" ? `waits at “${called(run.step)}”` : `${run.state}${run.reason ? `: ${run.reason}` : ""}`;
  const due = run.state === "parked" && run.dueAt !== null ? `, until ${local(run.dueAt, zone)}` : "";
  return [
    `${local(run.enteredAt, zone)}  enters by: ${eventName(run.entry.name).en}`,
    ...run.path.map((passage) => {
      const { way, portName, says, findings } = told(passage);
      const went = (way ?? portName)?.en;
      const why = [says?.en, ...findings.map(found)].filter((part) => part !== undefined).join(" ");
      return `${local(passage.at, zone)}  ${called(passage.step)}${went ? ` → ${went}` : ""}${did(passage)}${why ? `  ${why}` : ""}`;
    }),
    `${" ".repeat(19)}  ${now}${due}`,
  ];
}

/** A condition as it was asked and found, for one line of many. */
function found({ of, asked, found, held }: Finding): string {
  const what = asked.en === found.en ? asked.en : `${asked.en}: ${found.en}`;
  return `(${of ? `${of.en}: ` : ""}${what}${held ? "" : ", not true"})`;
}

function did({ effects }: Passage): string {
  const names = effects.map(({ effect }) => spoken(effect.type).en.toLowerCase()).join(", ");
  return names ? `  [${names}]` : "";
}

const local = (at: number, zone: string): string =>
  new Date(at + offsetAt(at, zone)).toISOString().slice(0, 19).replace("T", " ");
