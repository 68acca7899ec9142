import type { z } from "zod";
import { type AuditAction, subjectOf } from "@/core/audit/actions";
import { canonical, sha256Hex } from "@/core/hash";
import { malformed } from "@/core/issues";
import { type Outcome, refuse } from "@/core/refusals";
import { unstorable } from "@/core/storable";
import { instant } from "@/platform/clock";
import { Again, json, query, snapshot, sql, sqlState, type Tx, write } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Actor } from "./actor";
import { can, type Permission } from "./may";
import { record } from "./record";

export type Call = {
  tx: Tx;
  actor: Actor;
  now: Date;
  newId: <T extends string>() => T;
  /**
   * What is done outside once the transaction has committed, such as a provider's call: no transaction stays open while somebody else thinks. A
   * refusal it returns becomes the answer. Begun at most once for an Idempotency-Key: whoever comes with the key before it has ended, or after
   * the process died in it, is told that it is under way.
   */
  afterwards(work: () => Promise<Outcome<never> | undefined>): void;
};

type Described<I extends z.ZodType, O> = {
  /** The permission it needs; `known`: none, whoever is known may. */
  may: Permission | "known";
  input: I;
  /** The audit's action; absent = a read, run in a read-only transaction. */
  audit?: AuditAction;
  /** A write that leaves nothing to be audited: who has a screen open. */
  isFleeting?: true;
  /** The answer holds a secret, told this once: it is not kept for an Idempotency-Key, each call acts. */
  isSecret?: true;
  /** Of a read: all of its statements see what stood at one instant. */
  isSnapshot?: true;
  /** What the audit keeps of the input and the answer; absent = all of the input. */
  records?(input: z.output<I>, answer: O): unknown;
  /** The answer's schema for OpenAPI; absent = any JSON. */
  output?: z.ZodType;
  /** One line for OpenAPI. */
  says?: string;
};

/** One use case behind both doors: parsed, authorised, in one transaction, audited. */
export type UseCase<I extends z.ZodType = z.ZodType, O = unknown> = Described<I, O> & {
  beforehand?(at: Pick<Call, "actor" | "now">, input: z.output<I>): Promise<unknown>;
  run(call: Call, input: z.output<I>, ready?: unknown): Promise<Outcome<O>>;
};

/**
 * `beforehand` is done before the transaction is opened and handed to `run` as `ready`: who waits in it for what somebody else does holds no
 * connection. It opens transactions of its own.
 */
export const useCase = <I extends z.ZodType, O, R = undefined>(
  definition: Described<I, O> & {
    beforehand?(at: Pick<Call, "actor" | "now">, input: z.output<I>): Promise<R>;
    run(call: Call, input: z.output<I>, ready: R): Promise<Outcome<O>>;
  },
): UseCase<I, O> => definition;

const UNIQUE = "23505";

class Refusing extends Error {
  constructor(readonly outcome: Outcome<never>) {
    super("refused");
  }
}

/**
 * Runs a use case for an actor. A refusal leaves no trace in the database. With `idempotency`, the same key and body get the first answer of a
 * call that acted again (RFC draft-ietf-httpapi-idempotency-key-header), another body is refused with `key_reused`. A refusal that wrote nothing
 * leaves the key free too, for whoever tries again once its reason is gone, or with what is right. Answers that hold a secret are never kept.
 */
export async function call<I extends z.ZodType, O>(
  useCase: UseCase<I, O>,
  actor: Actor,
  input: unknown,
  options: { now?: Date; idempotency?: { route: string; key: string } } = {},
): Promise<Outcome<O>> {
  if (useCase.may !== "known" && !can(actor, useCase.may))
    return refuse("not_allowed", `this needs the permission ${useCase.may}`);
  // How long an input may be is its own schema's business.
  const broken = unstorable(input, Number.POSITIVE_INFINITY);
  if (broken) return refuse("invalid", broken.says, broken.path);
  const parsed = useCase.input.safeParse(input);
  if (!parsed.success) return malformed(parsed.error.issues);
  const now = options.now ?? instant();
  const ready = await useCase.beforehand?.({ actor, now }, parsed.data);
  let later: (() => Promise<Outcome<never> | undefined>) | undefined;
  const work = async (tx: Tx): Promise<Outcome<O>> => {
    later = undefined;
    const afterwards: Call["afterwards"] = (outside) => {
      later = outside;
    };
    const outcome = await useCase.run({ tx, actor, now, newId, afterwards }, parsed.data, ready);
    if (!outcome.ok) throw new Refusing(outcome);
    if (useCase.audit) {
      const detail = useCase.records ? useCase.records(parsed.data, outcome.value) : parsed.data;
      const subject = subjectOf(useCase.audit, parsed.data, outcome.value);
      await record(tx, actor, useCase.audit, detail, now, newId(), subject);
    }
    return outcome;
  };
  const { idempotency } = options;
  const read = useCase.isSnapshot ? snapshot : query;
  if (!useCase.audit && !useCase.isFleeting) return settle(() => read(actor.workspace, work));
  const keyed = keepsAnswers(useCase) ? idempotency : undefined;
  const answer = await settle(() =>
    write(actor.workspace, (tx) =>
      keyed
        ? once(
            tx,
            actor,
            keyed,
            sha256Hex(canonical(input)),
            now,
            () => work(tx),
            () => (later ? UNDER_WAY : undefined),
          )
        : work(tx),
    ),
  );
  const outside = later as typeof later | undefined;
  if (!answer.ok || !outside) return answer;
  const final = (await outside()) ?? answer;
  if (keyed) await write(actor.workspace, (tx) => keep(tx, actor, keyed, final));
  return final;
}

/** Whether a call of it is answered once for an Idempotency-Key. */
export const keepsAnswers = ({
  audit,
  isFleeting,
  isSecret,
}: Pick<UseCase, "audit" | "isFleeting" | "isSecret">): boolean => audit !== undefined && !isFleeting && !isSecret;

const UNDER_WAY = refuse("busy", "this is under way, or was lost on its way; it is not begun again for the same key");

async function settle<O>(run: () => Promise<Outcome<O>>): Promise<Outcome<O>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusing) return error.outcome;
    // Two did the same at one instant, each after a look that found nothing; the database let one through.
    if (sqlState(error) === UNIQUE || error instanceof Again)
      return refuse("conflict", "somebody did the same at this very moment; look again");
    throw error;
  }
}

/**
 * The key's row is inserted first: a twin waits on it, and then reads the answer, or acts itself where a refusal took the row back. `meanwhile`:
 * what it reads until the final answer is there.
 */
async function once<O>(
  tx: Tx,
  actor: Actor,
  at: { route: string; key: string },
  hash: string,
  now: Date,
  work: () => Promise<Outcome<O>>,
  meanwhile: () => Outcome<never> | undefined,
): Promise<Outcome<O>> {
  const mine = await tx.run(sql`
    INSERT INTO idempotency (workspace_id, route, key, request_hash, at) VALUES (${actor.workspace}, ${at.route}, ${at.key}, ${hash}, ${now})
    ON CONFLICT DO NOTHING`);
  if (!mine) {
    const first = await tx.one<{ request_hash: string; body: Outcome<O> }>(sql`
      SELECT request_hash, body FROM idempotency WHERE workspace_id = ${actor.workspace} AND route = ${at.route} AND key = ${at.key}`);
    if (first?.request_hash !== hash)
      return refuse(
        "key_reused",
        "this Idempotency-Key came before with another body; another call needs a key of its own",
      );
    return first.body;
  }
  const outcome = await work();
  await keep(tx, actor, at, meanwhile() ?? outcome);
  return outcome;
}

const keep = (tx: Tx, actor: Actor, at: { route: string; key: string }, outcome: Outcome<unknown>): Promise<number> =>
  tx.run(
    sql`UPDATE idempotency SET body = ${json(outcome)} WHERE workspace_id = ${actor.workspace} AND route = ${at.route} AND key = ${at.key}`,
  );
